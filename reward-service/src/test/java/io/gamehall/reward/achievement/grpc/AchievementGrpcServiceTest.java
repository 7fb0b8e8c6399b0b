package io.gamehall.reward.achievement.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.reward.achievement.AchievementLedger;
import io.gamehall.reward.achievement.domain.AchievementReport;
import io.gamehall.reward.achievement.domain.Merge;
import io.gamehall.reward.achievement.domain.Payload;
import io.gamehall.reward.achievement.domain.Role;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.v1.Achievement;
import io.gamehall.v1.AchievementServiceGrpc;
import io.gamehall.v1.AchievementServiceGrpc.AchievementServiceBlockingStub;
import io.gamehall.v1.ListAchievementsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class AchievementGrpcServiceTest {
    private final long player = ThreadLocalRandom.current().nextLong(1, 1L << 50);

    @TestHTTPResource
    URI service;

    @Inject
    AchievementLedger ledger;

    private ManagedChannel channel;

    @BeforeEach
    void reportAndConnect() {
        var reports = LongStream.rangeClosed(1, 5)
                .mapToObj(id -> new AchievementReport(
                        new FactKey(player, "fact-" + id),
                        new Role("ios", 4_294_967_295L, 2, "knight"),
                        "type-" + id,
                        id == 5 ? Merge.SUM : Merge.LATEST,
                        -id,
                        new Payload(new byte[] {(byte) id}),
                        1_000 + id,
                        500 + id))
                .toList();
        ledger.record(reports).await().atMost(Duration.ofSeconds(60));
        channel = NettyChannelBuilder.forAddress(service.getHost(), service.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void a_player_turns_the_pages_of_the_own_achievements() {
        var stub = with(TestTickets.player(player));

        var first = stub.listAchievements(
                ListAchievementsRequest.newBuilder().setPageSize(3).build());
        var second = stub.listAchievements(ListAchievementsRequest.newBuilder()
                .setPageSize(3)
                .setPageToken(first.getNextPageToken())
                .build());

        assertThat(first.getAchievementsList())
                .extracting(Achievement::getType)
                .containsExactly("type-5", "type-4", "type-3");
        assertThat(second.getAchievementsList())
                .extracting(Achievement::getType)
                .containsExactly("type-2", "type-1");
        assertThat(second.getNextPageToken()).isEmpty();
        var newest = first.getAchievements(0);
        assertThat(newest.getPlatform()).isEqualTo("ios");
        assertThat(newest.getZone()).isEqualTo(-1);
        assertThat(newest.getServer()).isEqualTo(2);
        assertThat(newest.getRoleId()).isEqualTo("knight");
        assertThat(newest.getValue()).isEqualTo(-5);
        assertThat(newest.getSum()).isTrue();
        assertThat(newest.getPayload().toByteArray()).containsExactly(5);
        assertThat(newest.getAtMs()).isEqualTo(1_005);
        assertThat(newest.getReportedAtMs()).isEqualTo(505);
    }

    @Test
    void those_of_others_are_for_administrators() {
        var request = ListAchievementsRequest.newBuilder().setPlayerId(player).build();

        assertThat(with(TestTickets.admin()).listAchievements(request).getAchievementsCount())
                .isEqualTo(5);
        assertThat(with(TestTickets.player(player)).listAchievements(request).getAchievementsCount())
                .isEqualTo(5);
        assertThat(reason(TestTickets.player(player + 1), request)).isEqualTo("ROLE_MISSING");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        var token = TestTickets.player(player);

        assertThat(reason(
                        token,
                        ListAchievementsRequest.newBuilder().setPageSize(101).build()))
                .isEqualTo("REQUEST_INVALID");
        assertThat(reason(
                        token,
                        ListAchievementsRequest.newBuilder().setPageSize(-1).build()))
                .isEqualTo("REQUEST_INVALID");
        assertThat(reason(
                        token,
                        ListAchievementsRequest.newBuilder()
                                .setPageToken("MTIz")
                                .build()))
                .isEqualTo("REQUEST_INVALID");
        assertThat(reason("nonsense", ListAchievementsRequest.getDefaultInstance()))
                .isEqualTo("TOKEN_INVALID");
    }

    private String reason(String token, ListAchievementsRequest request) {
        var refused = catchThrowableOfType(
                StatusRuntimeException.class, () -> with(token).listAchievements(request));
        assertThat(refused).as("the call is refused").isNotNull();
        try {
            return StatusProto.fromThrowable(refused)
                    .getDetails(0)
                    .unpack(ErrorInfo.class)
                    .getReason();
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }

    private AchievementServiceBlockingStub with(String token) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return AchievementServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}

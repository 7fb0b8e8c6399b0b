package io.gamehall.reward.grant.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.reward.grant.GrantLedger;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.JoinFact;
import io.gamehall.reward.grant.domain.Reward;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.v1.ClaimRewardRequest;
import io.gamehall.v1.GrantServiceGrpc;
import io.gamehall.v1.GrantServiceGrpc.GrantServiceBlockingStub;
import io.gamehall.v1.LedgerEntry.What;
import io.gamehall.v1.ListGrantsRequest;
import io.gamehall.v1.ListHoldingsRequest;
import io.gamehall.v1.ListLedgerRequest;
import io.gamehall.v1.PlayerGrant;
import io.gamehall.v1.PlayerGrant.State;
import io.gamehall.v1.RevokeRewardRequest;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class GrantGrpcServiceTest {
    private static final long NOW = System.currentTimeMillis();

    @TestHTTPResource
    URI service;

    @Inject
    GrantLedger ledger;

    private final long player = ThreadLocalRandom.current().nextLong(2, 1L << 52);
    private ManagedChannel channel;

    @BeforeEach
    void grantSome() {
        channel = NettyChannelBuilder.forAddress(service.getHost(), service.getPort())
                .usePlaintext()
                .build();
        var reward = new Reward("item", "Lantern", 2);
        ledger.record(IntStream.range(0, 3)
                        .mapToObj(id -> new JoinFact(
                                new FactKey(player, "a/" + id),
                                "spring",
                                id == 0 ? new Reward("points", "points", 70) : reward,
                                NOW + id,
                                id == 1 ? NOW + 1_000_000_000 : Grant.AT_ONCE))
                        .toList())
                .await()
                .atMost(Duration.ofMinutes(1));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void a_player_claims_and_sees_what_it_did() {
        var claimed = claim("grant/a/1");

        assertThat(claimed.getState()).isEqualTo(State.CLAIMED);
        assertThat(claimed.getClaimedAtMs()).isPositive();
        assertThat(claimed.getReward().getClaimed()).isTrue();
        assertThat(claim("grant/a/1")).isEqualTo(claimed);
        assertThat(claim("grant/a/0").getState()).isEqualTo(State.GRANTED);
        assertThat(me().listLedger(ListLedgerRequest.getDefaultInstance()).getEntriesList())
                .hasSize(3)
                .anyMatch(entry -> entry.getWhat() == What.CLAIMED && entry.getDelta() == 2);
        var held = me().listHoldings(ListHoldingsRequest.getDefaultInstance());
        assertThat(held.getPoints()).isEqualTo(70);
        assertThat(held.getHoldings(0).getName()).isEqualTo("Lantern");
        assertThat(held.getHoldings(0).getAmount()).isEqualTo(4);
    }

    @Test
    void pages_follow_each_other() {
        var seen = new ArrayList<String>();
        var token = "";
        do {
            var page = me().listGrants(ListGrantsRequest.newBuilder()
                    .setPageSize(2)
                    .setPageToken(token)
                    .build());
            page.getGrantsList().forEach(grant -> seen.add(grant.getGrantId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(seen).containsExactly("grant/a/2", "grant/a/1", "grant/a/0");
    }

    @Test
    void an_administrator_takes_back_and_sees_who_did() {
        var request = RevokeRewardRequest.newBuilder()
                .setPlayerId(player)
                .setGrantId("grant/a/0")
                .setWhy("a bot")
                .build();

        var revoked = admin().revokeReward(request);

        assertThat(revoked.getState()).isEqualTo(State.REVOKED);
        assertThat(revoked.getRevokedBy()).isEqualTo(1);
        assertThat(admin().revokeReward(request.toBuilder().setWhy("another").build()))
                .isEqualTo(revoked);
        assertThat(reason(() -> claim("grant/a/0"))).isEqualTo("REWARD_REVOKED");
        var ofPlayer = ListLedgerRequest.newBuilder().setPlayerId(player).build();
        assertThat(admin().listLedger(ofPlayer).getEntriesList())
                .anyMatch(entry -> entry.getRevokedBy() == 1 && entry.getDelta() == -70);
        assertThat(me().listLedger(ofPlayer).getEntriesList())
                .hasSize(3)
                .allMatch(entry -> entry.getRevokedBy() == 0)
                .anyMatch(entry -> entry.getWhy().equals("a bot"));
    }

    @Test
    void what_rest_refuses_is_refused_for_the_same_reason() {
        assertThat(reason(() -> claim("grant/nothing"))).isEqualTo("REWARD_NOT_FOUND");
        assertThat(reason(() -> claim("nothing"))).isEqualTo("REQUEST_INVALID");
        assertThat(reason(() -> me().listGrants(
                                ListGrantsRequest.newBuilder().setPageSize(101).build())))
                .isEqualTo("REQUEST_INVALID");
        assertThat(reason(() -> me().listHoldings(ListHoldingsRequest.newBuilder()
                        .setPageToken("x")
                        .build())))
                .isEqualTo("REQUEST_INVALID");
        assertThat(reason(() -> me().listHoldings(ListHoldingsRequest.newBuilder()
                        .setPageToken(token("größer:x"))
                        .build())))
                .isEqualTo("REQUEST_INVALID");
        assertThat(reason(() -> me().listGrants(
                                ListGrantsRequest.newBuilder().setPlayerId(1).build())))
                .isEqualTo("ROLE_MISSING");
        assertThat(reason(() -> me().listLedger(
                                ListLedgerRequest.newBuilder().setPlayerId(1).build())))
                .isEqualTo("ROLE_MISSING");
        assertThat(reason(() -> me().listHoldings(
                                ListHoldingsRequest.newBuilder().setPlayerId(1).build())))
                .isEqualTo("ROLE_MISSING");
        assertThat(reason(() -> me().revokeReward(RevokeRewardRequest.getDefaultInstance())))
                .isEqualTo("ROLE_MISSING");
        assertThat(reason(() -> admin().revokeReward(RevokeRewardRequest.newBuilder()
                        .setPlayerId(player)
                        .setGrantId("grant/a/0")
                        .build())))
                .isEqualTo("REQUEST_INVALID");
        assertThat(reason(() ->
                        GrantServiceGrpc.newBlockingStub(channel).listGrants(ListGrantsRequest.getDefaultInstance())))
                .isEqualTo("TOKEN_MISSING");
    }

    private static String token(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private PlayerGrant claim(String id) {
        return me().claimReward(ClaimRewardRequest.newBuilder().setGrantId(id).build());
    }

    private GrantServiceBlockingStub me() {
        return bearer(TestTickets.player(player));
    }

    private GrantServiceBlockingStub admin() {
        return bearer(TestTickets.admin());
    }

    private GrantServiceBlockingStub bearer(String token) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return GrantServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static String reason(ThrowingCallable call) {
        var refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        try {
            return StatusProto.fromThrowable(refusal)
                    .getDetails(0)
                    .unpack(ErrorInfo.class)
                    .getReason();
        } catch (InvalidProtocolBufferException damaged) {
            throw new IllegalStateException(damaged);
        }
    }
}

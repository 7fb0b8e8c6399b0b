package io.gamehall.activity.grpc;

import static io.gamehall.activity.Given.activity;
import static io.gamehall.activity.Given.admin;
import static io.gamehall.activity.Given.newPlayer;
import static io.gamehall.activity.Given.player;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.gamehall.activity.Given;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.Activity;
import io.gamehall.v1.ActivityServiceGrpc;
import io.gamehall.v1.ActivityServiceGrpc.ActivityServiceBlockingStub;
import io.gamehall.v1.GetActivityRequest;
import io.gamehall.v1.JoinActivityReply;
import io.gamehall.v1.JoinActivityRequest;
import io.gamehall.v1.ListActivitiesRequest;
import io.gamehall.v1.MyJoinsRequest;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class ActivityGrpcServiceTest {
    @TestHTTPResource
    URI service;

    @Inject
    MeterRegistry registry;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = NettyChannelBuilder.forAddress(service.getHost(), service.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void a_join_is_given_once_and_is_the_same_over_rest() {
        var id = activity("grpc", "\"quota\":2");
        var player = newPlayer();

        var first = join(player, id, 0);
        var second = join(player, id, 0);

        assertThat(first.getRepeated()).isFalse();
        assertThat(first.getJoin().getJoinId()).isEqualTo(id + ":" + player + ":1");
        assertThat(first.getJoin().getOrdinal()).isEqualTo(1);
        assertThat(first.getJoin().getJoinedAtMs()).isPositive();
        assertThat(second.getRepeated()).isTrue();
        assertThat(second.getJoin()).isEqualTo(first.getJoin());
        var mine =
                as(player).myJoins(MyJoinsRequest.newBuilder().setActivityId(id).build());
        assertThat(mine.getJoinsList()).containsExactly(first.getJoin());
        player(player)
                .get("/api/activities/" + id + "/joins/me")
                .then()
                .body("joins[0].joined_at_ms", equalTo(first.getJoin().getJoinedAtMs()));
    }

    @Test
    void an_activity_is_shown_with_its_status_and_what_remains() {
        var id = activity("grpc-shown", "\"quota\":5", "\"per_player\":2");
        join(newPlayer(), id, 0);

        var shown = as(newPlayer())
                .getActivity(GetActivityRequest.newBuilder().setActivityId(id).build());

        assertThat(shown.getActivityId()).isEqualTo(id);
        assertThat(shown.getName()).isEqualTo("An activity");
        assertThat(shown.getVersion()).isEqualTo(1);
        assertThat(shown.getStatus()).isEqualTo(Activity.Status.OPEN);
        assertThat(shown.getRemaining()).isEqualTo(4);
        assertThat(shown.getQuota()).isEqualTo(5);
        assertThat(shown.getClosesAtMs()).isEqualTo(4_102_444_800_000L);
        assertThat(shown.getPerPlayer()).isEqualTo(2);
        assertThat(shown.getReward().getKind()).isEqualTo("points");
        assertThat(shown.getReward().getAmount()).isEqualTo(100);
    }

    @Test
    void an_activity_is_shown_with_its_terms() {
        var plain = activity("grpc-plain");
        var id = activity(
                "grpc-terms",
                "\"per_player\":3",
                "\"per_day\":2",
                "\"day_offset_minutes\":-480",
                "\"player_rate\":{\"per_second\":3,\"burst\":4}",
                "\"activity_rate\":{\"per_second\":500,\"burst\":600}",
                "\"shards\":4",
                "\"allow_list\":[\"18446744073709551615\",\"12345\"]",
                "\"conditions\":[{\"type\":\"region\",\"any_of\":[\"sichuan-telecom\",\"atlantis\"]},"
                        + "{\"type\":\"score\",\"game\":\"upgrade\",\"at_least\":-7},"
                        + "{\"type\":\"joined\",\"activity\":\"another\"}]",
                "\"reward\":{\"kind\":\"item\",\"name\":\"Lantern\",\"amount\":2,\"delivery\":\"claimed\"}");

        var shown = get(as(newPlayer()), id);

        assertThat(shown.getPerDay()).isEqualTo(2);
        assertThat(shown.getDayOffsetMinutes()).isEqualTo(-480);
        assertThat(shown.getPlayerRate()).isEqualTo(rate(3, 4));
        assertThat(shown.getActivityRate()).isEqualTo(rate(500, 600));
        assertThat(shown.getShards()).isEqualTo(4);
        assertThat(shown.getReward().getClaimed()).isTrue();
        assertThat(shown.getConditions(0).getRegion().getAnyOfList()).containsExactly("atlantis", "sichuan-telecom");
        assertThat(shown.getConditions(1).getScore().getGame()).isEqualTo("upgrade");
        assertThat(shown.getConditions(1).getScore().getAtLeast()).isEqualTo(-7);
        assertThat(shown.getConditions(2).getJoined().getActivityId()).isEqualTo("another");
        assertThat(shown.getAllowListList()).as("told to a player").isEmpty();
        assertThat(get(bearer(TestTickets.admin()), id).getAllowListList()).containsExactly(12345L, -1L);
        var usual = get(as(newPlayer()), plain);
        assertThat(usual.hasPerDay()).isFalse();
        assertThat(usual.hasActivityRate()).isFalse();
        assertThat(usual.getPlayerRate()).isEqualTo(rate(10, 20));
        assertThat(usual.getShards()).isEqualTo(1);
        assertThat(usual.getReward().getClaimed()).isFalse();
    }

    @Test
    void pages_follow_each_other() {
        var ids = new ArrayList<String>();
        for (var index = 0; index < 3; index++) ids.add(activity("grpc-paged"));
        var seen = new ArrayList<String>();
        var next = "";

        do {
            var page = as(newPlayer())
                    .listActivities(ListActivitiesRequest.newBuilder()
                            .setPageSize(2)
                            .setPageToken(next)
                            .build());
            page.getActivitiesList().forEach(one -> seen.add(one.getActivityId()));
            next = page.getNextPageToken();
        } while (!next.isEmpty());

        assertThat(seen).containsAll(ids).isSorted().doesNotHaveDuplicates();
        assertThat(reason(() -> as(newPlayer())
                        .listActivities(ListActivitiesRequest.newBuilder()
                                .setPageSize(101)
                                .build())))
                .isEqualTo("PAGE_INVALID");
    }

    @Test
    void what_rest_refuses_is_refused_for_the_same_reason() {
        var soldOut = activity("grpc-sold-out", "\"quota\":1");
        join(newPlayer(), soldOut, 0);
        var early = activity("grpc-early", "\"opens_at_ms\":4102444700000");
        var late = activity("grpc-late", "\"closes_at_ms\":1000");

        assertThat(reason(() -> join(newPlayer(), soldOut, 0))).isEqualTo("SOLD_OUT");
        assertThat(info(refusal(() -> join(newPlayer(), early, 0))).getMetadataMap())
                .containsEntry("opens_at_ms", "4102444700000");
        assertThat(reason(() -> join(newPlayer(), late, 0))).isEqualTo("ACTIVITY_CLOSED");
        assertThat(reason(() -> join(newPlayer(), "no-such-activity", 0))).isEqualTo("ACTIVITY_NOT_FOUND");
        assertThat(reason(() -> join(newPlayer(), "Not_An_Id", 0))).isEqualTo("REQUEST_INVALID");
        assertThat(reason(() -> join(newPlayer(), late, 2))).isEqualTo("REQUEST_INVALID");
        assertThat(reason(() -> join(newPlayer(), late, -1))).isEqualTo("REQUEST_INVALID");
    }

    @Test
    void who_asks_too_fast_is_told_when_to_come_back() throws Exception {
        var id = activity("grpc-too-fast", "\"player_rate\":{\"per_second\":1,\"burst\":1}");
        var player = newPlayer();
        join(player, id, 0);

        var refused = refusal(() -> join(player, id, 0));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(info(refused).getReason()).isEqualTo("TOO_FAST");
        assertThat(StatusProto.fromThrowable(refused).getDetails(1).is(RetryInfo.class))
                .isTrue();
    }

    @Test
    void who_has_to_wait_comes_back_with_the_place() {
        placesAreGiven();
        var id = activity("grpc-line", "\"activity_rate\":{\"per_second\":1,\"burst\":1}");
        IntStream.range(0, 10).parallel().forEach(one -> Given.join(newPlayer(), id));
        var player = newPlayer();

        var told = info(refusal(() -> join(player, id, 0)));
        var place = told.getMetadataOrThrow("place");
        var early = info(refusal(() -> comeBack(player, id, place)));

        assertThat(told.getReason()).isEqualTo("ACTIVITY_BUSY");
        assertThat(told.getMetadataMap()).containsKey("wait_ms");
        assertThat(early.getReason()).isEqualTo("ACTIVITY_BUSY");
        assertThat(early.getMetadataMap()).containsEntry("place", place);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreException(StatusRuntimeException.class)
                .untilAsserted(() ->
                        assertThat(comeBack(player, id, place).getRepeated()).isFalse());
    }

    @Test
    void nobody_is_let_in_while_joins_are_switched_off() {
        var id = activity("grpc-off");
        admin().contentType(ContentType.JSON)
                .body("{\"why\":\"test\"}")
                .put("/api/switches/off/joins")
                .then()
                .statusCode(204);
        try {
            Awaitility.await().untilAsserted(() -> assertThat(reason(() -> join(newPlayer(), id, 0)))
                    .isEqualTo("ACTIVITY_SUSPENDED"));
            assertThat(get(as(newPlayer()), id).getActivityId()).isEqualTo(id);
        } finally {
            admin().delete("/api/switches/off/joins").then().statusCode(204);
        }
        Awaitility.await().ignoreException(StatusRuntimeException.class).untilAsserted(() -> assertThat(
                        join(newPlayer(), id, 0).hasJoin())
                .isTrue());
    }

    @Test
    void whoever_is_answered_or_has_given_up_is_in_work_no_more() {
        var id = activity("grpc-in-work");
        join(newPlayer(), id, 0);
        var givenUp = ActivityServiceGrpc.newFutureStub(channel)
                .withInterceptors(bearerHeaders(TestTickets.player(newPlayer())));
        for (var call = 0; call < 50; call++) {
            givenUp.join(JoinActivityRequest.newBuilder().setActivityId(id).build())
                    .cancel(true);
        }

        Awaitility.await().untilAsserted(() -> assertThat(
                        registry.get("gamehall.activity.in.flight").gauge().value())
                .isZero());
    }

    @Test
    void only_genuine_tickets_pass() {
        var id = activity("grpc-tickets");
        var request = MyJoinsRequest.newBuilder().setActivityId(id).build();

        assertThat(reason(() -> ActivityServiceGrpc.newBlockingStub(channel).myJoins(request)))
                .isEqualTo("TOKEN_MISSING");
        assertThat(reason(() -> bearer(TestTickets.forged(newPlayer())).myJoins(request)))
                .isEqualTo("TOKEN_INVALID");
        assertThat(reason(() -> bearer(TestTickets.expired(newPlayer())).myJoins(request)))
                .isEqualTo("TOKEN_EXPIRED");
        assertThat(reason(() -> bearer(TestTickets.ofRegion("elsewhere", newPlayer(), "player"))
                        .myJoins(request)))
                .isEqualTo("TOKEN_INVALID");
        assertThat(reason(() -> bearer(
                                TestTickets.ofRegion(HallServers.servers().cell(), newPlayer(), "guest"))
                        .join(JoinActivityRequest.newBuilder().setActivityId(id).build())))
                .isEqualTo("ROLE_MISSING");
    }

    @Test
    void a_message_over_the_limit_is_refused() {
        var refused = refusal(() -> join(newPlayer(), "x".repeat(70_000), 0));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void it_tells_that_it_serves() {
        var health = HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder()
                        .setService(ActivityServiceGrpc.SERVICE_NAME)
                        .build());

        assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    /** From the moment on that the service knows the key that places are signed with. */
    private void placesAreGiven() {
        var id = activity("grpc-places", "\"activity_rate\":{\"per_second\":1,\"burst\":1}");
        IntStream.range(0, 10).parallel().forEach(one -> Given.join(newPlayer(), id));
        Awaitility.await().untilAsserted(() -> assertThat(
                        info(refusal(() -> join(newPlayer(), id, 0))).getMetadataMap())
                .containsKey("place"));
    }

    private static Activity get(ActivityServiceBlockingStub service, String id) {
        return service.getActivity(
                GetActivityRequest.newBuilder().setActivityId(id).build());
    }

    private static Activity.Rate rate(int perSecond, int burst) {
        return Activity.Rate.newBuilder()
                .setPerSecond(perSecond)
                .setBurst(burst)
                .build();
    }

    private JoinActivityReply comeBack(long player, String id, String place) {
        return as(player)
                .join(JoinActivityRequest.newBuilder()
                        .setActivityId(id)
                        .setPlace(place)
                        .build());
    }

    private JoinActivityReply join(long player, String id, int ordinal) {
        return as(player)
                .join(JoinActivityRequest.newBuilder()
                        .setActivityId(id)
                        .setOrdinal(ordinal)
                        .build());
    }

    private ActivityServiceBlockingStub as(long player) {
        return bearer(TestTickets.player(player));
    }

    private ActivityServiceBlockingStub bearer(String token) {
        return ActivityServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .withInterceptors(bearerHeaders(token));
    }

    private static ClientInterceptor bearerHeaders(String token) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private static String reason(ThrowingCallable call) {
        return info(refusal(call)).getReason();
    }

    private static StatusRuntimeException refusal(ThrowingCallable call) {
        var refused = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refused).as("the call is refused").isNotNull();
        return refused;
    }

    private static ErrorInfo info(StatusRuntimeException refused) {
        var status = StatusProto.fromThrowable(refused);
        assertThat(status.getDetailsList()).as("%s", refused.getStatus()).isNotEmpty();
        try {
            return status.getDetails(0).unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }
}

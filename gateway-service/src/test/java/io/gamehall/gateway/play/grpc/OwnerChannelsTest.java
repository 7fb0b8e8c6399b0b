package io.gamehall.gateway.play.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.BreakerConfig;
import io.gamehall.gateway.play.OwnerCall;
import io.gamehall.gateway.play.OwnerRefused;
import io.gamehall.gateway.play.PlayConfig;
import io.gamehall.gateway.play.TryFailed;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.OwnerPeer;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.KeepAliveRequest;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.SeatReply;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gateway does before an owner that stops, hangs and comes back: over real connections. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class OwnerChannelsTest {
    private static final int CLOSED = 0;
    private static final int OPEN = 1;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private OwnerChannels channels;
    private final Directory directory;
    private final PlayConfig config;
    private final BreakerConfig breakers;
    private final Vertx vertx;
    private final MeterRegistry meters;

    OwnerChannelsTest(
            Directory directory, PlayConfig config, BreakerConfig breakers, Vertx vertx, MeterRegistry meters) {
        this.directory = directory;
        this.config = config;
        this.breakers = breakers;
        this.vertx = vertx;
        this.meters = meters;
    }

    // Not in fields: Quarkus makes a second instance of the test class that no test runs on.
    @BeforeEach
    void open() {
        channels = new OwnerChannels(directory, config, breakers, vertx, meters);
    }

    @AfterEach
    void close() {
        channels.sweep(Duration.ofSeconds(-1));
    }

    @Test
    void calls_to_an_owner_that_stopped_are_held_back_until_it_is_there_again() {
        var owner = new OwnerPeer(OwnerChannelsTest::seat);
        var endpoint = owner.endpoint();
        assertThat(call(endpoint, LONG)).isNull();
        owner.close();
        exhaust(endpoint, LONG);

        assertThat(channels.isAway(endpoint)).isTrue();
        assertThat(breaker(endpoint)).isEqualTo(OPEN);
        assertThat(kind(call(endpoint, LONG))).isEqualTo(TryFailed.Kind.UNREACHED);

        try (var again = new OwnerPeer(port(endpoint), OwnerChannelsTest::seat)) {
            await().until(() -> call(endpoint, LONG) == null);
            await().until(() -> breaker(endpoint) == CLOSED);
            assertThat(channels.isAway(endpoint)).isFalse();
            assertThat(again.asked).isNotEmpty();
        }
    }

    @Test
    void an_owner_that_hangs_is_asked_no_more_but_told_who_is_there() {
        var end = new CountDownLatch(1);
        var hangs = new boolean[] {true};
        try (var owner = new OwnerPeer(command -> {
            if (hangs[0]) awaitEnd(end);
            return seat(command);
        })) {
            assertThat(kind(call(owner.endpoint(), SHORT)))
                    .as("it may take effect")
                    .isEqualTo(TryFailed.Kind.UNAVAILABLE);
            exhaust(owner.endpoint(), SHORT);
            int asked = owner.asked.size();

            assertThat(kind(call(owner.endpoint(), LONG))).isEqualTo(TryFailed.Kind.UNREACHED);
            channels.keepAlive(owner.endpoint(), KeepAliveRequest.getDefaultInstance(), LONG)
                    .await()
                    .indefinitely();

            assertThat(owner.asked).hasSize(asked);
            assertThat(owner.keepAlives).hasSize(1);
            hangs[0] = false;
            end.countDown();
            await().until(() -> call(owner.endpoint(), LONG) == null);
        }
    }

    @Test
    void an_owner_that_refuses_is_none_that_does_not_answer() {
        var refusals = List.of(Reason.ROOM_FULL, Reason.NOT_OWNER, Reason.OWNER_UNAVAILABLE, Reason.GAME_FULL);
        var next = new int[1];
        try (var owner = new OwnerPeer(command -> {
            throw new Refusal(refusals.get(next[0]++ % refusals.size()), "no");
        })) {
            for (int i = 0; i < 5 * breakers.calls(); i++) {
                assertThat(call(owner.endpoint(), LONG)).isInstanceOfAny(OwnerRefused.class, TryFailed.class);
            }

            assertThat(breaker(owner.endpoint())).isEqualTo(CLOSED);
            assertThat(owner.asked).hasSize(5 * breakers.calls());
        }
    }

    @Test
    void each_owner_is_measured_for_as_long_as_there_is_a_connection_to_it() {
        try (var owner = new OwnerPeer(OwnerChannelsTest::seat)) {
            assertThat(call(owner.endpoint(), LONG)).isNull();

            assertThat(meters.get("gamehall.play.owner")
                            .tags("owner", owner.endpoint(), "outcome", "ANSWERED")
                            .timer()
                            .count())
                    .isEqualTo(1);
            channels.sweep(Duration.ofMinutes(1));
            assertThat(metersOf(owner.endpoint())).isNotEmpty();

            channels.sweep(Duration.ofSeconds(-1));

            assertThat(metersOf(owner.endpoint())).isEmpty();
            assertThat(call(owner.endpoint(), LONG)).isNull();
            assertThat(breaker(owner.endpoint())).isEqualTo(CLOSED);
        }
    }

    @Test
    void a_call_that_nobody_waits_for_keeps_its_place_until_the_owner_has_answered() {
        var end = new CountDownLatch(1);
        try (var owner = new OwnerPeer(command -> {
            awaitEnd(end);
            return seat(command);
        })) {
            var waiting = channels.execute(owner.endpoint(), command(), time(LONG))
                    .subscribe()
                    .with(seated -> {});
            await().until(() -> owner.asked.size() == 1);

            waiting.cancel();

            assertThat(inFlight(owner.endpoint())).isEqualTo(1);
            end.countDown();
            await().until(() -> inFlight(owner.endpoint()) == 0);
        }
    }

    @Test
    void an_answer_comes_back_on_the_event_loop_of_the_call() {
        try (var owner = new OwnerPeer(OwnerChannelsTest::seat)) {
            var loop = ((VertxInternal) vertx).createEventLoopContext();
            var came = new CompletableFuture<Boolean>();
            loop.runOnContext(run -> channels.execute(owner.endpoint(), command(), time(LONG))
                    .subscribe()
                    .with(
                            seated -> came.complete(Vertx.currentContext() != null
                                    && Context.isOnEventLoopThread()
                                    && ((VertxInternal) vertx).getContext().nettyEventLoop() == loop.nettyEventLoop()),
                            came::completeExceptionally));

            assertThat(came.join()).isTrue();
        }
    }

    /** As many calls as it takes, all of which fail. */
    private void exhaust(String endpoint, Duration answerMax) {
        for (int i = 0; i < breakers.calls(); i++)
            assertThat(call(endpoint, answerMax)).isNotNull();
        await().until(() -> breaker(endpoint) == OPEN || call(endpoint, answerMax) == null);
    }

    /** @return why it failed; null: it was answered */
    private Throwable call(String endpoint, Duration answerMax) {
        return channels.execute(endpoint, command(), time(answerMax))
                .map(seated -> (Throwable) null)
                .onFailure()
                .recoverWithItem(Function.identity())
                .await()
                .indefinitely();
    }

    private static TryFailed.Kind kind(Throwable failure) {
        assertThat(failure).isInstanceOf(TryFailed.class);
        return ((TryFailed) failure).kind();
    }

    private static OwnerCall.Time time(Duration answerMax) {
        return new OwnerCall.Time(answerMax, System.currentTimeMillis() + answerMax.toMillis());
    }

    private int breaker(String endpoint) {
        return (int) meters.get("gamehall.play.breaker")
                .tags("owner", endpoint)
                .gauge()
                .value();
    }

    private List<Meter> metersOf(String endpoint) {
        return meters.getMeters().stream()
                .filter(meter -> endpoint.equals(meter.getId().getTag("owner")))
                .toList();
    }

    private int inFlight(String endpoint) {
        return channels.inFlight(endpoint);
    }

    private static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    private static RoomCommandRequest command() {
        return RoomCommandRequest.newBuilder().setPlayerId(8_100).build();
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static RoomCommandReply seat(RoomCommandRequest command) {
        return RoomCommandReply.newBuilder()
                .setSeated(SeatReply.newBuilder().setTable(3))
                .build();
    }
}

package io.gamehall.activity.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gamehall.activity.Given;
import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.degrade.Switches;
import io.gamehall.activity.guard.Breakers;
import io.gamehall.activity.join.Participants.Admission;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.activity.join.domain.JoinOutcome;
import io.gamehall.activity.join.domain.JoinOutcome.Accepted;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Between a Redis and a Kafka of the test's own. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class JoinActivityTest {
    private static final long ANSWER_NANOS = Duration.ofMillis(5).toNanos();

    @Inject
    Activities activities;

    @Inject
    CheckConditions conditions;

    @Inject
    Outbox outbox;

    @Inject
    OpenActivity opening;

    @Inject
    Breakers breakers;

    @Inject
    Switches switches;

    @Inject
    Vertx vertx;

    private final RememberedJoins events = new RememberedJoins();
    private final Queue<Admission> said = new ConcurrentLinkedQueue<>();

    @Test
    void what_redis_decided_in_time_is_published_and_answered() {
        var outcome = join(FenceTest.settings("5S", "1H"));

        assertThat(outcome.await().atMost(Duration.ofSeconds(20))).isEqualTo(new Accepted(1, 1_000));
        assertThat(events.published).hasSize(1);
    }

    @Test
    void what_redis_said_too_long_ago_is_left_to_the_relay() {
        // Less than Redis takes here is to spare.
        var outcome = join(FenceTest.settings("5000MS", "5001MS"));

        assertThat(reason(outcome)).isEqualTo(Reason.DEPENDENCY_UNAVAILABLE);
        assertThat(events.published).isEmpty();
    }

    @Test
    void a_join_that_fails_before_anything_is_asked_gives_its_place_back() {
        var id = new ActivityId(Given.activity("failing"));
        var one = one();
        // It has nobody to ask about conditions.
        var joining = new JoinActivity(activities, null, new Slow(), events, outbox, opening, one, breakers, switches);

        for (int time = 0; time < 3; time++) {
            var answer = Uni.createFrom()
                    .deferred(() -> joining.join(id, new JoinRequest(Given.newPlayer(), "here", JoinRequest.NEXT)));
            assertThatThrownBy(() -> answer.await().atMost(Duration.ofSeconds(20)))
                    .isInstanceOf(NullPointerException.class);
        }
    }

    /** One join in work at a time. */
    private static JoinSettings one() {
        return new SmallRyeConfigBuilder()
                .withMapping(JoinSettings.class)
                .withDefaultValue("gamehall.joins.in-flight-max", "1")
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(JoinSettings.class);
    }

    static Stream<Admission> secondTries() {
        return Stream.of(new Admission.Stale(), new Admission.Lost());
    }

    @ParameterizedTest
    @MethodSource("secondTries")
    void what_a_second_try_gives_is_answered_on_the_context_of_the_call(Admission first) throws Exception {
        said.add(first);
        var call = ((VertxInternal) vertx).createEventLoopContext().duplicate();
        var answered = new CompletableFuture<Context>();
        var outcome = join(FenceTest.settings("5S", "1H"));

        call.runOnContext(ignored -> outcome.subscribe()
                .with(joined -> answered.complete(Vertx.currentContext()), answered::completeExceptionally));

        assertThat(answered.get(30, TimeUnit.SECONDS)).isSameAs(call);
        assertThat(said).isEmpty();
        assertThat(events.published).hasSize(1);
    }

    private Uni<JoinOutcome> join(JoinSettings settings) {
        var id = new ActivityId(Given.activity("fenced"));
        var joining = new JoinActivity(
                activities, conditions, new Slow(), events, outbox, opening, settings, breakers, switches);
        return Uni.createFrom()
                .deferred(() -> joining.join(id, new JoinRequest(Given.newPlayer(), "here", JoinRequest.NEXT)));
    }

    private static Reason reason(Uni<?> answer) {
        return catchThrowableOfType(Refusal.class, () -> answer.await().atMost(Duration.ofSeconds(20)))
                .reason();
    }

    /** Says what there is to be said first; then gives everybody a join, after a while. */
    private final class Slow implements Participants {
        @Override
        public Uni<Admission> admit(Activity activity, JoinRequest request) {
            var first = said.poll();
            if (first != null) return Uni.createFrom().item(first);
            var asked = System.nanoTime();
            var reward = activity.terms().reward();
            var join = new Join(activity.id(), request.player(), 1, request.region(), 1_000, reward);
            return Uni.createFrom().item(() -> {
                while (System.nanoTime() - asked < ANSWER_NANOS) Thread.onSpinWait();
                var entry = new OutboxEntry("1000-0@0", join);
                return new Admission.Decided(new Accepted(1, 1_000), Optional.of(entry));
            });
        }

        @Override
        public Uni<Optional<SortedMap<Integer, Long>>> joinsOf(Activity activity, long player) {
            throw new AssertionError("Nobody asks");
        }
    }
}

package io.gamehall.activity.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.ActivityStore;
import io.gamehall.activity.catalog.CatalogSettings;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.join.Participants.OutboxEntry;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.activity.reads.ReadMeters;
import io.gamehall.platform.testing.HallServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two activities: the Redis of one does not answer. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class RelayOutboxTest {
    private static final Reward REWARD = new Reward(Reward.Kind.POINTS, "points", 1);
    private static final Activity AWAY = activity("relay-away");
    private static final Activity HERE = activity("relay-here");
    private static final Join LEFT = new Join(HERE.id(), 7, 1, "here", 1_000, REWARD);

    @Inject
    CatalogSettings catalog;

    @Inject
    OpenActivity opening;

    @Inject
    JoinSettings settings;

    @Inject
    Vertx vertx;

    private final RememberedJoins events = new RememberedJoins();
    private Activities activities;

    @BeforeEach
    void load() {
        activities = new Activities(new Store(), catalog, new ReadMeters(new SimpleMeterRegistry()));
        activities.refresh().await().atMost(Duration.ofSeconds(20));
    }

    @Test
    void an_activity_out_of_reach_keeps_no_other_from_being_looked_after() {
        var registry = new SimpleMeterRegistry();
        var meters = new JoinMeters(registry);
        var relay = new RelayOutbox(activities, new Entries(), events, opening, settings, meters, vertx);

        relay.start(null);
        try {
            Awaitility.await().untilAsserted(() -> assertThat(events.published).contains(LEFT));
            Awaitility.await().untilAsserted(() -> assertThat(
                            registry.get("gamehall.activity.outbox.age").gauge().value())
                    .isEqualTo(60));
        } finally {
            relay.stop(null);
        }
    }

    private static Activity activity(String id) {
        return new Activity(
                new ActivityId(id), id, 1, new Terms(1, 0, Terms.TIME_MS_MAX, 1, false, PlayerRate.USUAL, REWARD));
    }

    private static final class Entries implements Outbox {
        @Override
        public Uni<Due> due(Activity activity, Duration age, int max) {
            if (activity.equals(AWAY)) return Uni.createFrom().failure(new IOException("no answer"));
            return Uni.createFrom().item(new Due(Duration.ofMinutes(1), List.of(new OutboxEntry("1000-0@0", LEFT))));
        }

        @Override
        public Uni<Void> settle(Activity activity, List<String> entries) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public void settleSoon(Activity activity, String entry) {
            throw new UnsupportedOperationException("What is relayed is settled at once");
        }
    }

    private static final class Store implements ActivityStore {
        @Override
        public Uni<Map<ActivityId, Long>> versions(int max) {
            return Uni.createFrom().item(Map.of(AWAY.id(), 1L, HERE.id(), 1L));
        }

        @Override
        public Uni<List<Activity>> load(Collection<ActivityId> ids) {
            return Uni.createFrom().item(List.of(AWAY, HERE));
        }

        @Override
        public Uni<Boolean> insert(Activity activity) {
            throw new AssertionError("Nobody creates any");
        }

        @Override
        public Uni<Boolean> update(Activity edited) {
            throw new AssertionError("Nobody edits any");
        }
    }
}

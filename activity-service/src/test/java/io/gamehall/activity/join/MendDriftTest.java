package io.gamehall.activity.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.join.Counters.Marks;
import io.gamehall.activity.join.Counters.Mended;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.platform.Cell;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Redis has marked two joins of which the ledger knows nothing, and Kafka is slow. */
class MendDriftTest {
    private static final long PUBLISH_NANOS = Duration.ofMillis(5).toNanos();
    private static final Cell CELL = new Cell() {
        @Override
        public String name() {
            return "here";
        }

        @Override
        public int number() {
            return 1;
        }
    };
    private static final List<LedgerRow> MARKED = List.of(new LedgerRow(7, 1, 1_000), new LedgerRow(8, 1, 1_000));

    private final List<Long> published = new ArrayList<>();
    private boolean away;
    private final Activity activity = new Activity(
            new ActivityId("drifted"),
            "Drifted",
            1,
            new Terms(10, 0, 1, 1, false, PlayerRate.USUAL, new Reward(Reward.Kind.POINTS, "points", 1)));

    @Test
    void what_was_promised_and_is_not_in_the_ledger_is_published_again_once() {
        var mending = mending(FenceTest.settings("5S", "1H"));

        mend(mending);
        mend(mending);

        assertThat(published).containsExactly(7L, 8L);
    }

    @Test
    void what_redis_said_too_long_ago_is_not_published() {
        // Less than one record takes here is to spare.
        var mending = mending(FenceTest.settings("5000MS", "5001MS"));

        mend(mending);

        assertThat(published).doesNotContain(8L);
    }

    @Test
    void what_kafka_did_not_take_is_published_in_the_next_comparison() {
        var mending = mending(FenceTest.settings("5S", "1H"));
        away = true;
        assertThatThrownBy(() -> mend(mending)).hasMessage("away");
        away = false;

        mend(mending);

        assertThat(published).containsExactly(7L, 8L);
    }

    private void mend(MendDrift mending) {
        mending.mend(activity, 2_000).await().atMost(Duration.ofSeconds(20));
    }

    private MendDrift mending(JoinSettings settings) {
        var meters = new JoinMeters(new SimpleMeterRegistry());
        return new MendDrift(counters(), ledger(), new Slow(), meters, settings, CELL);
    }

    private static Counters counters() {
        return answering(Counters.class, "marks", new Marks(MARKED, Counters.FIRST), "mend", new Mended(0, 0));
    }

    private static Ledger ledger() {
        return answering(Ledger.class, "page", List.of(), "missing", MARKED);
    }

    private static <T> T answering(Class<T> port, String one, Object answer, String other, Object otherAnswer) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, given) -> {
            if (method.getName().equals(one)) return Uni.createFrom().item(answer);
            if (method.getName().equals(other)) return Uni.createFrom().item(otherAnswer);
            throw new AssertionError(method);
        }));
    }

    private final class Slow implements JoinEvents {
        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Uni<Void> publish(Join join) {
            if (away) return Uni.createFrom().failure(new IllegalStateException("away"));
            var asked = System.nanoTime();
            while (System.nanoTime() - asked < PUBLISH_NANOS) Thread.onSpinWait();
            published.add(join.player());
            return Uni.createFrom().voidItem();
        }
    }
}

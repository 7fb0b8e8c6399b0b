package io.gamehall.activity.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.join.Counters.Trust;
import io.gamehall.activity.join.Counters.Vouched;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Redis has restarted: none of the activities' counters can be believed. */
class OpenActivityTest {
    private static final int ACTIVITIES = 4 * OpenActivity.AT_ONCE;

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger inWork = new AtomicInteger();
    private final AtomicInteger inWorkMax = new AtomicInteger();

    @Test
    void all_are_brought_back_but_not_all_at_once() {
        var opening = opening();

        var opened = IntStream.range(0, ACTIVITIES)
                .mapToObj(OpenActivityTest::activity)
                .map(activity -> opening.open(activity).subscribeAsCompletionStage())
                .toList();

        opened.forEach(open -> assertThat(open).succeedsWithin(Duration.ofSeconds(60)));
        assertThat(begun).hasValue(ACTIVITIES);
        assertThat(inWorkMax).hasValueBetween(1, OpenActivity.AT_ONCE);
    }

    private OpenActivity opening() {
        var openings = answering(Openings.class, Map.of("isFirst", false));
        // While it waited, another process has opened them.
        var counters = answering(Counters.class, Map.of("vouch", new Vouched(Trust.DOUBTFUL, "run"), "claim", false));
        var epochs = new Epochs(openings, null, null);
        var rebuilding = new RebuildCounters(counters, null, epochs, null);
        return new OpenActivity(
                openings, counters, epochs, this::caughtUp, rebuilding, FenceTest.settings("5MS", "10MS"));
    }

    private Uni<Void> caughtUp() {
        begun.incrementAndGet();
        inWorkMax.accumulateAndGet(inWork.incrementAndGet(), Math::max);
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(20))
                .invoke(inWork::decrementAndGet);
    }

    private static Activity activity(int number) {
        var reward = new Reward(Reward.Kind.POINTS, "points", 1);
        return new Activity(
                new ActivityId("doubtful-" + number),
                "Doubtful",
                1,
                new Terms(10, 0, 1, 1, false, PlayerRate.USUAL, reward));
    }

    private static <T> T answering(Class<T> port, Map<String, Object> answers) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, given) -> {
            var answer = answers.get(method.getName());
            if (answer == null) throw new AssertionError(method);
            return Uni.createFrom().item(answer);
        }));
    }
}

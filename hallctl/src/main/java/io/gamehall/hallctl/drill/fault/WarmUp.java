package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.drill.fault.Bystanders.Seen;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Makes a hall as fast as it will be. Processes that have just started compile what they run: on a small machine that alone
 * takes the processors for a minute or two, and whatever else comes then is charged for it.
 *
 * @param say prints a line
 */
record WarmUp(Bystanders others, Consumer<String> say) {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int WINDOWS_MIN = 4;
    private static final int WINDOWS_MAX = 18;
    /** What is not so much better than before is no better. */
    private static final double BETTER = 1.1;
    /** On a machine that is busier than this, what is to be compiled waits. */
    private static final int BUSY_PERCENT_MAX = 85;

    private static final int STEADY_WINDOWS = 2;
    private static final int CALM_WINDOWS_MAX = 6;
    /** What began in a window is answered by then, or is very late. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    /** Returns when the same work takes no less of the processors than it did. @param visits times as many visitors as usual */
    void awaitSteady(int visits) throws InterruptedException {
        var steadiness = new Steadiness();
        for (int window = 1; window <= WINDOWS_MAX; window++) {
            var seen = others.watch(WINDOW, visits);
            say.accept("  warming up: " + seen.told());
            if (steadiness.reached(seen.allCpuPercent(), seen.busyPercent())) return;
        }
        say.accept("  it is not as fast as it could be yet, or the machine has no room: going on");
    }

    /** Lets them keep to a pace until neither p99 gets better. @return the last of these times */
    Seen calm(Duration window) throws InterruptedException {
        settle();
        var seen = told(window);
        for (int windows = 1; windows < CALM_WINDOWS_MAX; windows++) {
            var next = told(window);
            boolean better = isBetter(p99(next), p99(seen))
                    || isBetter(next.visits().percentileMs(99), seen.visits().percentileMs(99));
            seen = next;
            if (!better) break;
        }
        return seen;
    }

    private Seen told(Duration window) throws InterruptedException {
        var seen = others.watch(window);
        settle();
        say.accept("  at an even pace: " + seen.told());
        return seen;
    }

    private static boolean isBetter(double ms, double before) {
        return ms * BETTER < before;
    }

    private static double p99(Seen seen) {
        return seen.latencies().percentileMs(99);
    }

    static void settle() throws InterruptedException {
        Thread.sleep(SETTLING);
    }

    /** Whether the same work takes no less of the processors than it did, window by window. */
    static final class Steadiness {
        private int windows;
        private int steady;
        private long before = Long.MAX_VALUE;

        /** @param used by the work, as {@code busyPercent} by everybody; of one processor and of all, in % */
        boolean reached(long used, long busyPercent) {
            boolean same = used * BETTER > before && busyPercent <= BUSY_PERCENT_MAX;
            steady = same ? steady + 1 : 0;
            before = used;
            return ++windows >= WINDOWS_MIN && steady >= STEADY_WINDOWS;
        }
    }
}

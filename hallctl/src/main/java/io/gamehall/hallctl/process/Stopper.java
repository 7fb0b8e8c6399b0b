package io.gamehall.hallctl.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Ends processes: asks, waits for a bounded time, then kills. */
public final class Stopper {
    private static final Duration KILL_WAIT_MAX = Duration.ofSeconds(5);
    private static final long POLL_MS = 50;

    private Stopper() {}

    /**
     * Ends all of these at the same time; returns when none lives any more.
     *
     * @param grace how long they may take to end by themselves
     * @return those that had to be killed
     */
    public static List<ProcessId> stop(Collection<ProcessId> processes, Duration grace) {
        processes.forEach(process -> process.handle().ifPresent(ProcessHandle::destroy));
        var stubborn = awaitEnd(processes, grace);
        stubborn.forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
        awaitEnd(stubborn, KILL_WAIT_MAX);
        return stubborn;
    }

    /** Waits until all have ended, at most so long; the ones that still live. */
    public static List<ProcessId> awaitEnd(Collection<ProcessId> processes, Duration max) {
        var deadline = Instant.now().plus(max);
        while (true) {
            var alive = processes.stream().filter(ProcessId::isAlive).toList();
            if (alive.isEmpty() || Instant.now().isAfter(deadline)) {
                return alive;
            }
            pause(POLL_MS);
        }
    }

    /** Sleeps; an interrupt is kept for the caller to see. */
    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

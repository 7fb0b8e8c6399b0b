package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.drill.check.JournalReader;
import io.gamehall.hallctl.drill.hall.DrillHall;
import io.gamehall.hallctl.drill.load.Load;
import io.gamehall.hallctl.process.Stopper;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a fault works on: a hall under load.
 *
 * @param journal read by the drill's thread alone, which also calls the faults
 * @param say prints a line
 */
public record Scene(DrillHall hall, JournalReader journal, Load load, Consumer<String> say) {
    private static final long LOOK_MS = 20;
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(500);

    /** The partitions that have rooms: the others nobody calls. */
    public Set<Integer> partitionsWithRooms() {
        return journal.trace().rooms().stream()
                .map(room -> load.availability().partition(room.id().value()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Waits until all partitions with rooms have answered without a pause of half a second for some seconds: processes
     * that have just started, and compile what they run, would hide what a fault does.
     *
     * @return false: they have not within that time
     */
    public boolean awaitCalm(long secondsMax) {
        var partitions = partitionsWithRooms();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        long calmSince = System.nanoTime();
        while (System.nanoTime() - calmSince < CALM_NANOS) {
            long now = System.nanoTime();
            if (!load.availability().allAnswerSince(partitions, now - PAUSE_NANOS_MAX)) calmSince = now;
            if (now > until || Thread.currentThread().isInterrupted()) return false;
            Stopper.pause(LOOK_MS);
        }
        return true;
    }

    /**
     * Waits until all of these partitions have answered something that was asked after an instant.
     *
     * @param sinceNanos {@link System#nanoTime()}
     * @return false: they have not within that time
     */
    public boolean awaitAnswers(Collection<Integer> partitions, long sinceNanos, long secondsMax) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        while (!load.availability().allAnswerSince(partitions, sinceNanos)) {
            if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) return false;
            Stopper.pause(LOOK_MS);
        }
        return true;
    }
}

package io.gamehall.hallctl.drill.load;

import io.gamehall.room.domain.RoomId;
import io.gamehall.room.journal.JournalPartitions;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;

/** Which partitions answer at the moment. Any thread. */
public final class Availability {
    private final AtomicLongArray answeredTryStarted;

    public Availability(int partitions) {
        answeredTryStarted = new AtomicLongArray(partitions);
        for (int i = 0; i < partitions; i++) answeredTryStarted.set(i, Long.MIN_VALUE);
    }

    /** The partition of a room. */
    public int partition(String room) {
        return JournalPartitions.of(new RoomId(room), answeredTryStarted.length());
    }

    /** @param startedNanos when the try was sent whose answer has come, {@link System#nanoTime()} */
    void answered(String room, long startedNanos) {
        answeredTryStarted.accumulateAndGet(partition(room), startedNanos, Math::max);
    }

    /** Whether each of these has answered something that was asked after an instant ({@link System#nanoTime()}). */
    public boolean allAnswerSince(Collection<Integer> partitions, long nanos) {
        return partitions.stream().allMatch(partition -> answeredTryStarted.get(partition) > nanos);
    }
}

package io.gamehall.room.owner;

import io.gamehall.room.journal.OwnerClaim;
import java.util.List;
import java.util.Optional;

/**
 * What can be seen of a partition from other threads.
 *
 * @param owner who claimed the current term
 * @param owned whether it is this process
 * @param commands decided since this process started
 * @param parked replies that wait
 * @param readBackNanos how long a record took into the log and back, lately
 * @param stale records dropped since this process started
 * @param late commands that came when their callers had given up, since this process started
 * @param repaired of the stale records, those whose key was written again
 */
record PartitionStatus(
        long nextOffset,
        long term,
        Optional<OwnerClaim> owner,
        boolean owned,
        List<RoomView> rooms,
        long commands,
        int parked,
        long readBackNanos,
        long stale,
        long late,
        long repaired) {
    /** Before anything was read. */
    static final PartitionStatus NONE =
            new PartitionStatus(-1, 0, Optional.empty(), false, List.of(), 0, 0, 0, 0, 0, 0);

    int members() {
        int members = 0;
        for (var room : rooms) members += room.members();
        return members;
    }
}

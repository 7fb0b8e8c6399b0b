package io.gamehall.room.owner;

import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.journal.JournalRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A log as Kafka keeps it: offsets grow by one, and compaction takes what a later record of the same key supersedes. */
final class SimulatedLog {
    private List<Entry> entries = new ArrayList<>();
    private final Set<RoomEvent> held = Collections.newSetFromMap(new IdentityHashMap<>());
    private long end;

    record Entry(long offset, JournalRecord record) {
        private boolean isTombstone() {
            return record.content() instanceof JournalRecord.Content.Happened(RoomEvent.MemberLeft _);
        }
    }

    void add(JournalRecord record) {
        entries.add(new Entry(end++, record));
        if (record.content() instanceof JournalRecord.Content.Happened(var event)) held.add(event);
    }

    /** The offset of the next record. */
    long end() {
        return end;
    }

    List<Entry> entries() {
        return entries;
    }

    /** The first record at an offset or behind it. */
    Optional<Entry> from(long offset) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).offset() < offset) low = middle + 1;
            else high = middle;
        }
        return low < entries.size() ? Optional.of(entries.get(low)) : Optional.empty();
    }

    boolean holds(RoomEvent event) {
        return held.contains(event);
    }

    /**
     * Keeps the newest record of each key before an offset.
     *
     * @param tombstonesBefore tombstones before that offset were read by everybody, and go as well
     */
    void compact(long before, long tombstonesBefore) {
        var kept = new ArrayList<Entry>();
        var seen = new HashSet<String>();
        for (var entry : entries.reversed()) {
            boolean clean = entry.offset() < before;
            boolean newest = !clean || seen.add(entry.record().key());
            boolean gone = clean && entry.isTombstone() && entry.offset() < tombstonesBefore;
            if (newest && !gone) kept.add(entry);
            else if (entry.record().content() instanceof JournalRecord.Content.Happened(var event)) held.remove(event);
        }
        entries = new ArrayList<>(kept.reversed());
    }
}

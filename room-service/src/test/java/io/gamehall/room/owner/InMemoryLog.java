package io.gamehall.room.owner;

import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.journal.Answer;
import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.JournalRecord.Content.Claimed;
import io.gamehall.room.journal.JournalRecord.Content.Happened;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.Positioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;

/** A log in memory: what is appended stands at once. */
final class InMemoryLog implements JournalContract.Log {
    private static final long SHORT_MAX = 40;

    private final EventLoops loops;
    private final List<List<Positioned>> partitions;

    InMemoryLog(EventLoops loops, int partitions) {
        this.loops = loops;
        this.partitions = Stream.generate(CopyOnWriteArrayList<Positioned>::new)
                .limit(partitions)
                .<List<Positioned>>map(list -> list)
                .toList();
    }

    @Override
    public JournalContract.Process process(boolean shortRecordsOnly) {
        var stepDowns = new AtomicInteger();
        var journal = new InMemoryJournal(shortRecordsOnly ? SHORT_MAX : Long.MAX_VALUE, stepDowns);
        return new JournalContract.Process(journal, stepDowns, () -> {});
    }

    @Override
    public List<Positioned> read(int partition) {
        return partitions.get(partition);
    }

    @Override
    public void close() {}

    private void add(int partition, JournalRecord record) {
        var records = partitions.get(partition);
        synchronized (records) {
            records.add(new Positioned(records.size(), record));
        }
    }

    private final class InMemoryJournal implements Journal {
        private final long valueMax;
        private final AtomicInteger stepDowns;
        private final AtomicIntegerArray fences = new AtomicIntegerArray(partitions.size());

        private InMemoryJournal(long valueMax, AtomicInteger stepDowns) {
            this.valueMax = valueMax;
            this.stepDowns = stepDowns;
        }

        @Override
        public void append(int partition, long term, RoomEvent event, Optional<Answer> answer) {
            int size = JournalCodec.value(event).map(value -> value.length).orElse(0);
            write(partition, size, new JournalRecord(term, JournalCodec.key(event), new Happened(event), answer));
        }

        @Override
        public void claim(int partition, long term, OwnerClaim claim) {
            int size = JournalCodec.value(claim).length;
            write(partition, size, new JournalRecord(term, JournalCodec.OWNER, new Claimed(claim)));
        }

        private void write(int partition, int size, JournalRecord record) {
            if (fences.get(partition) > 0) return;
            if (size > valueMax) fail();
            else add(partition, record);
        }

        private void fail() {
            for (int partition = 0; partition < fences.length(); partition++) fences.incrementAndGet(partition);
            stepDowns.incrementAndGet();
            for (int partition = 0; partition < fences.length(); partition++) {
                int stepped = partition;
                loops.run(stepped, () -> fences.decrementAndGet(stepped));
            }
        }

        @Override
        public CompletionStage<Long> end(int partition) {
            var end = new CompletableFuture<Long>();
            loops.run(partition, () -> end.complete((long) read(partition).size()));
            return end;
        }
    }
}

package io.gamehall.room.journal;

import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.Decision.Accepted;
import io.gamehall.room.domain.Partition;
import io.gamehall.room.domain.RandomCommands;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomRules;
import io.gamehall.room.journal.JournalRecord.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The journal of a partition that had a hard life: owners come and go, those who are none any more go on writing,
 * claims are lost, repeated and handed over, records are damaged, and sooner or later all of that is repaired. The
 * same seed gives the same journal.
 */
final class RandomJournal {
    static final int ANSWERS_MAX = 50;

    final List<Positioned> records = new ArrayList<>();

    /** Who has read all of it. */
    final PartitionReplica reader = new PartitionReplica(ANSWERS_MAX);

    /** Answers that stand in believed records, in their order. */
    final List<Answer> answered = new ArrayList<>();

    /** Answers that stand in records of owners who are none any more. */
    final List<Answer> neverAnswered = new ArrayList<>();

    /** Compaction is allowed up to these offsets: what is to be repaired before them is repaired before them. */
    final List<Long> settled = new ArrayList<>();

    private final Random random;
    private final RandomCommands commands;
    private Optional<Writer> former = Optional.empty();
    private int requests;

    /** An owner that does not know yet that it is none any more. */
    private record Writer(long term, Partition state) {}

    RandomJournal(long seed, int steps) {
        random = new Random(seed);
        commands = new RandomCommands(seed);
        claim(1, "first");
        RandomCommands.opening()
                .forEach(command -> decide(reader.term(), reader.state().copy(), command));
        for (int i = 0; i < steps; i++) step();
        repair();
    }

    private void step() {
        switch (random.nextInt(60)) {
            case 0 -> {
                former = Optional.of(new Writer(reader.term(), reader.state().copy()));
                claim(reader.term() + 1 + random.nextInt(2), "winner");
            }
            case 1 -> claim(reader.term(), "loser");
            case 2 -> claim(Math.max(0, reader.term() - 1), "late");
            case 3 -> repeatClaim(random.nextBoolean() ? "" : "successor");
            case 4, 5, 6, 7 -> former.ifPresent(it -> decide(it.term(), it.state(), commands.next(it.state())));
            case 8 -> damaged();
            case 9, 10, 11 -> repair();
            default -> decide(reader.term(), reader.state().copy(), commands.next(reader.state()));
        }
    }

    private void decide(long term, Partition state, RoomCommand command) {
        if (!(RoomRules.decide(state, command) instanceof Accepted(var events, var reply))) return;
        for (int i = 0; i < events.size(); i++) {
            var answer = i == events.size() - 1 ? answer(command, reply) : Optional.<Answer>empty();
            answer.ifPresent((term == reader.term() ? answered : neverAnswered)::add);
            var key = JournalCodec.key(events.get(i));
            state.apply(events.get(i));
            append(new JournalRecord(term, key, new Content.Happened(events.get(i)), answer));
        }
    }

    private Optional<Answer> answer(RoomCommand command, Decision.Reply reply) {
        return command instanceof RoomCommand.ByPlayer asked
                ? Optional.of(new Answer(asked.player(), "request-" + requests++, reply))
                : Optional.empty();
    }

    private void claim(long term, String nonce) {
        var claim = new OwnerClaim("room-" + random.nextInt(3), "10.0.0.1:1", nonce + records.size(), 7);
        append(new JournalRecord(term, JournalCodec.OWNER, new Content.Claimed(claim)));
    }

    private void repeatClaim(String successor) {
        var claim = reader.owner().orElseThrow().restated(successor);
        append(new JournalRecord(reader.term(), JournalCodec.OWNER, new Content.Claimed(claim)));
    }

    private void damaged() {
        var key = records.get(random.nextInt(records.size())).record().key();
        append(new JournalRecord(reader.term(), key, new Content.Unreadable("damaged")));
    }

    private void repair() {
        for (var key : new TreeSet<>(reader.staleKeys())) {
            if (key.equals(JournalCodec.OWNER)) repeatClaim("");
            JournalCodec.current(key, reader.state())
                    .ifPresent(event -> append(new JournalRecord(reader.term(), key, new Content.Happened(event))));
        }
    }

    private void append(JournalRecord record) {
        records.add(new Positioned(records.size(), record));
        reader.read(records.size() - 1, record);
        if (reader.staleKeys().isEmpty()) settled.add(reader.nextOffset());
    }

    /**
     * What compaction leaves of it.
     *
     * @param upTo only what stands before that offset has been compacted
     * @param withTombstones whether those are still there, too: Kafka removes them later
     */
    List<Positioned> compacted(long upTo, boolean withTombstones) {
        Map<String, Long> newest = new TreeMap<>();
        for (var it : records) if (it.offset() < upTo) newest.put(it.record().key(), it.offset());
        return records.stream()
                .filter(it -> it.offset() >= upTo
                        || newest.get(it.record().key()) == it.offset()
                                && (withTombstones || !isTombstone(it.record())))
                .toList();
    }

    private static boolean isTombstone(JournalRecord record) {
        return record.content() instanceof Content.Happened(var event)
                && JournalCodec.value(event).isEmpty();
    }
}

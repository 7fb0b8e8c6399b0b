package io.gamehall.hallctl.bench;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.load.JournalView;
import io.gamehall.hallctl.load.Player;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.Partition;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomRules;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalPartitions;
import io.gamehall.room.journal.OwnerClaim;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the journal of a region that is full of players, as compaction leaves it: one record for each thing. Every room
 * has its 400 members, and all of them sit.
 */
final class JournalFill {
    static final int PER_ROOM = 400;
    private static final int SEATS = 4;
    private static final long TERM = 1;
    private static final long GENERATION = 1;
    private static final String GAME = "upgrade";

    private final String topic;
    private final long cellBits;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long records;

    private JournalFill(String bootstrap, String cell, int cellNumber) {
        topic = Topics.name(cell, Topics.ROOM_JOURNAL);
        cellBits = (long) cellNumber << 40;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 20, "batch.size", 256 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** @param witnesses one player of a room in each partition */
    record Filled(long members, long records, List<Player> witnesses) {}

    /** Writes rooms until they hold that many members; blocks until the broker has all of it. */
    static Filled write(String bootstrap, String cell, int cellNumber, int members) {
        var fill = new JournalFill(bootstrap, cell, cellNumber);
        try (fill.producer) {
            return fill.write(Math.ceilDiv(members, PER_ROOM));
        }
    }

    private Filled write(int rooms) {
        long now = System.currentTimeMillis();
        var claim = new OwnerClaim("room-before", "127.0.0.1:1", "bench", now);
        for (int partition = 0; partition < Topics.ROOM_PARTITIONS; partition++) {
            send(partition, JournalCodec.OWNER, JournalCodec.value(claim));
        }
        var witnesses = new Player[Topics.ROOM_PARTITIONS];
        for (int number = 1; number <= rooms; number++) {
            var room = new RoomId("%s-%04d".formatted(GAME, number));
            int partition = JournalPartitions.of(room, Topics.ROOM_PARTITIONS);
            long first = cellBits + (long) (number - 1) * PER_ROOM + 1;
            for (var event : room(room, first, now)) {
                send(
                        partition,
                        JournalCodec.key(event),
                        JournalCodec.value(event).orElseThrow());
            }
            witnesses[partition] = new Player(first, partition, room.value(), "");
        }
        producer.flush();
        if (failure.get() != null) throw new IllegalStateException("The journal could not be written", failure.get());
        var found = new ArrayList<Player>();
        for (var witness : witnesses) if (witness != null) found.add(witness);
        return new Filled((long) rooms * PER_ROOM, records, List.copyOf(found));
    }

    private static List<RoomEvent> room(RoomId room, long firstPlayer, long now) {
        var partition = new Partition();
        make(partition, new RoomCommand.EnsureRoom(room, RoomSetup.withTablesForAll(GAME, SEATS, PER_ROOM)));
        for (int i = 0; i < PER_ROOM; i++) {
            var player = new PlayerId(firstPlayer + i);
            make(partition, new RoomCommand.Enter(room, player, GENERATION, false, now));
            make(partition, new RoomCommand.QuickJoin(room, player, GENERATION, now));
        }
        return partition.everything();
    }

    private static void make(Partition partition, RoomCommand command) {
        if (RoomRules.decide(partition, command) instanceof Decision.Accepted accepted) {
            accepted.events().forEach(partition::apply);
        } else {
            throw new IllegalStateException("Refused: " + command);
        }
    }

    private void send(int partition, String key, byte[] value) {
        var term = new RecordHeader(
                JournalView.TERM_HEADER,
                ByteBuffer.allocate(Long.BYTES).putLong(TERM).array());
        records++;
        producer.send(
                new ProducerRecord<>(
                        topic, partition, key.getBytes(StandardCharsets.UTF_8), value, List.<Header>of(term)),
                (stored, failed) -> {
                    if (failed != null) failure.compareAndSet(null, failed);
                });
    }
}

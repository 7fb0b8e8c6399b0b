package io.gamehall.hallctl.load;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.Topics;
import io.gamehall.v1.JournalValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A cell's rooms as its journal tells them, read by code of its own: what checks the services must not share their
 * mistakes. Confined to one thread.
 */
public final class JournalView implements AutoCloseable {
    /** Header that carries the writer's term, 8 bytes big endian. */
    public static final String TERM_HEADER = "term";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Reading READING = new Reading(Duration.ofSeconds(30));

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final long[] terms = new long[Topics.ROOM_PARTITIONS];
    private final String[] owners = new String[Topics.ROOM_PARTITIONS];
    private final Map<String, Room> rooms = new TreeMap<>();
    private long records;

    /** A room: what it is, and who is in it. */
    public static final class Room {
        private final String id;
        private String game = "";
        private int capacity;
        private int seats;
        private final Set<Long> members = new HashSet<>();
        private final Map<Integer, Set<Long>> tables = new HashMap<>();

        private Room(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }

        public String game() {
            return game;
        }

        public int capacity() {
            return capacity;
        }

        /** At all tables together. */
        public int seats() {
            return seats;
        }

        public Set<Long> members() {
            return Set.copyOf(members);
        }

        public int memberCount() {
            return members.size();
        }

        /** Taken seats; a player who sits at two tables counts twice. */
        public int seated() {
            return tables.values().stream().mapToInt(Set::size).sum();
        }
    }

    public JournalView(String bootstrap, String cell) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "fetch.max.wait.ms", 50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        partitions = IntStream.range(0, Topics.ROOM_PARTITIONS)
                .mapToObj(number -> new TopicPartition(Topics.name(cell, Topics.ROOM_JOURNAL), number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on to what is the end of the journal now. */
    public JournalView readToEnd() {
        READING.readOn(consumer, consumer.endOffsets(partitions), read -> {
            take(read);
            return true;
        });
        return this;
    }

    /**
     * Reads on until something is so.
     *
     * @throws IllegalStateException if it does not become so in time
     */
    public void await(String what, Predicate<JournalView> reached, Duration max) {
        var until = Instant.now().plus(max);
        while (!reached.test(readToEnd())) {
            if (Instant.now().isAfter(until)) {
                throw new IllegalStateException("Not within " + max.toSeconds() + " s: " + what);
            }
            for (var read : consumer.poll(POLL)) take(read);
        }
    }

    /** {@code host:port} of the process that claimed the partition last. */
    public Optional<String> owner(int partition) {
        return Optional.ofNullable(owners[partition]);
    }

    /** Whether every partition was claimed by one of these. */
    public boolean isOwnedBy(Set<String> endpoints) {
        return IntStream.range(0, owners.length)
                .allMatch(it -> owners[it] != null && (endpoints.isEmpty() || endpoints.contains(owners[it])));
    }

    /** Rooms of a game, in the order of their ids. */
    public List<Room> rooms(String game) {
        return rooms.values().stream().filter(room -> room.game.equals(game)).toList();
    }

    public Optional<Room> room(String id) {
        return Optional.ofNullable(rooms.get(id));
    }

    /** Records read since the beginning. */
    public long records() {
        return records;
    }

    /** Members above the caps of their rooms, in all rooms together. */
    public long overCapacity() {
        return rooms.values().stream()
                .mapToLong(room -> Math.max(0, room.members.size() - room.capacity))
                .sum();
    }

    private void take(ConsumerRecord<byte[], byte[]> read) {
        records++;
        var header = read.headers().lastHeader(TERM_HEADER);
        if (read.key() == null || header == null) return;
        long term = ByteBuffer.wrap(header.value()).getLong();
        if (term < terms[read.partition()]) return;
        try {
            var value = read.value() == null ? null : JournalValue.parseFrom(read.value());
            take(read.partition(), term, new String(read.key(), StandardCharsets.UTF_8).split("/"), value);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("The journal has a broken record at " + read.offset(), broken);
        }
    }

    private void take(int partition, long term, String[] key, JournalValue value) {
        switch (key[0]) {
            case "owner" -> {
                if (term == terms[partition] && owners[partition] != null) return;
                owners[partition] = value.getOwnerClaimed().getEndpoint();
            }
            case "room" -> {
                var room = room(key);
                room.game = value.getRoom().getGame();
                room.capacity = value.getRoom().getCapacity();
                room.seats = value.getRoom().getTables() * value.getRoom().getSeatsPerTable();
            }
            case "member" -> {
                var player = Long.parseUnsignedLong(key[2]);
                // The key may also say that the player waits for a place.
                if (value != null && value.hasMember()) room(key).members.add(player);
                else room(key).members.remove(player);
            }
            case "table" -> {
                var seated = new HashSet<Long>();
                for (var chair : value.getTable().getChairsList()) {
                    if (chair.getPlayerId() != 0) seated.add(chair.getPlayerId());
                }
                room(key).tables.put(Integer.parseInt(key[2]), seated);
            }
            default -> {
                // Of a newer version; nothing that is checked here.
            }
        }
        terms[partition] = term;
    }

    private Room room(String[] key) {
        return rooms.computeIfAbsent(key[1], Room::new);
    }

    @Override
    public void close() {
        consumer.close();
    }
}

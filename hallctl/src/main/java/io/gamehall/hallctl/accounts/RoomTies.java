package io.gamehall.hallctl.accounts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.load.JournalView;
import io.gamehall.v1.JournalValue;
import io.gamehall.v1.TableState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where in a cell's rooms a result of a player may still come from, by the journal: rooms that the player is in, rounds
 * that run (also those that the player has left: the others may still report), results that are not known to be in Kafka.
 * Holds nothing of other players. Confined to one thread.
 */
final class RoomTies implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(15);
    private static final int FETCH_BYTES = 4 << 20;
    private static final int API_TIMEOUT_MS = 15_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final long[] terms = new long[Topics.ROOM_PARTITIONS];
    private final TreeSet<String> ties = new TreeSet<>();
    private final long player;

    RoomTies(String bootstrap, String cell, long player) {
        this.player = player;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "fetch.max.bytes",
                        FETCH_BYTES,
                        "fetch.max.wait.ms",
                        50,
                        // The default would go on at the end when a place is gone, and miss all ties before it.
                        "auto.offset.reset",
                        "earliest",
                        "allow.auto.create.topics",
                        false,
                        "default.api.timeout.ms",
                        API_TIMEOUT_MS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        partitions = IntStream.range(0, Topics.ROOM_PARTITIONS)
                .mapToObj(number -> new TopicPartition(Topics.name(cell, Topics.ROOM_JOURNAL), number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * One of them, as it stands at the end of the journal: {@code member/ROOM/PLAYER} or {@code table/ROOM/TABLE}.
     *
     * @throws IllegalStateException if Kafka sends nothing for a while, though the end is not reached
     */
    Optional<String> any() {
        var ends = consumer.endOffsets(partitions);
        var heardAt = System.nanoTime();
        while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
            var read = consumer.poll(POLL);
            for (var record : read) take(record);
            // A poll without a broker is an empty one, for ever.
            if (!read.isEmpty()) heardAt = System.nanoTime();
            else if (System.nanoTime() - heardAt > SILENCE_MAX.toNanos()) {
                throw new IllegalStateException("Kafka has sent nothing of the room journal for "
                        + SILENCE_MAX.toSeconds() + " s, and there is more of it");
            }
        }
        return ties.isEmpty() ? Optional.empty() : Optional.of(ties.first());
    }

    private void take(ConsumerRecord<byte[], byte[]> read) {
        var header = read.headers().lastHeader(JournalView.TERM_HEADER);
        if (read.key() == null || header == null) return;
        var term = ByteBuffer.wrap(header.value()).getLong();
        // Of a former owner: nobody believes it.
        if (term < terms[read.partition()]) return;
        terms[read.partition()] = term;
        var key = new String(read.key(), StandardCharsets.UTF_8);
        if (isTied(key, read)) ties.add(key);
        else ties.remove(key);
    }

    private boolean isTied(String key, ConsumerRecord<byte[], byte[]> read) {
        if (read.value() == null) return false;
        try {
            if (key.startsWith("member/")) return key.endsWith("/" + Long.toUnsignedString(player));
            return key.startsWith("table/")
                    && awaitsResult(JournalValue.parseFrom(read.value()).getTable());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("The journal has a broken record at " + read.offset(), broken);
        }
    }

    private boolean awaitsResult(TableState table) {
        return table.getRunning().getPlayersList().contains(player)
                || !table.getPublished() && table.getLast().getPlayersList().contains(player);
    }

    @Override
    public void close() {
        consumer.close();
    }
}

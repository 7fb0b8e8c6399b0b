package io.gamehall.room.owner.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.owner.ChatLine;
import io.gamehall.room.owner.EventLoops;
import io.gamehall.room.owner.RoomChat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * The rooms' chat on the topic room-chat, keyed by room, so that one room's lines keep their order. Every process reads
 * all of it, from an hour back: the last lines of each room are there when a partition is taken over. One thread of its
 * own.
 */
public final class KafkaRoomChat implements RoomChat, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaRoomChat.class);
    private static final Duration HISTORY = Duration.ofHours(1);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Map<String, Object> settings;
    private final String topic;
    private final EventLoops loops;
    private final Consumer<ChatLine> reader;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    /** @param reader gets each line of the log, in its order within each room; called on the chat's thread */
    public KafkaRoomChat(Map<String, Object> settings, String topic, EventLoops loops, Consumer<ChatLine> reader) {
        this.settings = new HashMap<>(settings);
        this.topic = topic;
        this.loops = loops;
        this.reader = reader;
        this.producer = Producers.open(settings);
        this.thread = Thread.ofPlatform().name("room-chat").daemon().unstarted(this::read);
    }

    void start() {
        thread.start();
    }

    /** Learns about the topic. Blocks until the brokers answer. */
    void warmUp() {
        Producers.awaitTopic(producer, topic);
    }

    @Override
    public CompletionStage<Void> append(int partition, ChatLine line) {
        var value = io.gamehall.v1.ChatLine.newBuilder()
                .setRoomId(line.room().value())
                .setTerm(line.term())
                .setSequence(line.sequence())
                .setPlayerId(line.by().value())
                .setText(line.text())
                .setRequestId(line.requestId())
                .setSaidAtMs(line.atMs())
                .build();
        var record = new ProducerRecord<>(
                topic, line.room().value().getBytes(StandardCharsets.US_ASCII), value.toByteArray());
        return Producers.on(loops, partition, Producers.send(producer, record));
    }

    private void read() {
        while (!closed.get()) {
            try (var opened = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                seekBack(opened);
                while (!closed.get()) {
                    for (var record : opened.poll(POLL)) decode(record).ifPresent(reader);
                }
            } catch (WakeupException | InterruptException stop) {
                if (!closed.get()) LOG.warn("Reading the chat was interrupted, beginning again", stop);
            } catch (KafkaException away) {
                LOG.warnf("The chat can't be read, trying again: %s", away.getMessage());
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private void seekBack(KafkaConsumer<byte[], byte[]> opened) {
        var all = opened.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(topic, it.partition()))
                .toList();
        opened.assign(all);
        long from = System.currentTimeMillis() - HISTORY.toMillis();
        var times = new HashMap<TopicPartition, Long>();
        all.forEach(partition -> times.put(partition, from));
        Map<TopicPartition, OffsetAndTimestamp> offsets = opened.offsetsForTimes(times);
        var ends = opened.endOffsets(all);
        all.forEach(partition -> {
            var found = offsets.get(partition);
            opened.seek(partition, found == null ? ends.get(partition) : found.offset());
        });
    }

    private static Optional<ChatLine> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            var wire = io.gamehall.v1.ChatLine.parseFrom(record.value());
            return Optional.of(new ChatLine(
                    new RoomId(wire.getRoomId()),
                    wire.getTerm(),
                    wire.getSequence(),
                    new PlayerId(wire.getPlayerId()),
                    wire.getText(),
                    wire.getRequestId(),
                    wire.getSaidAtMs()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException | NullPointerException damaged) {
            LOG.debugf(damaged, "A chat line at offset %d can't be read", record.offset());
            return Optional.empty();
        }
    }

    /** Stops reading and waits for the thread, at most five seconds; sends what waits, at most one. */
    @Override
    public void close() {
        closed.set(true);
        var open = consumer;
        if (open != null) open.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(1));
    }
}

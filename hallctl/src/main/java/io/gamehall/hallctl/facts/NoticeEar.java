package io.gamehall.hallctl.facts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.Topics;
import io.gamehall.v1.Notice;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Hears what players are told of facts, in a thread of its own, from its making on. A notice goes out when its effect is
 * committed, so from outside an effect is visible by then at the latest.
 */
public final class NoticeEar implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final BiConsumer<String, byte[]> heard;
    private final Thread thread;

    /**
     * @param bootstrap of Kafka
     * @param cell the cell's name
     * @param heard is called with the id of the fact and the notice, in the ear's own thread
     */
    public NoticeEar(String bootstrap, String cell, BiConsumer<String, byte[]> heard) {
        this.heard = heard;
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "fetch.max.wait.ms", 20, "auto.offset.reset", "latest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topics.name(cell, Topics.PLAYER_NOTICES)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Asked for at once: else it is the end of a later time.
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().name("notice-ear").start(this::listen);
    }

    private void listen() {
        try (consumer) {
            while (true) {
                for (var record : consumer.poll(POLL)) hear(record.value());
            }
        } catch (WakeupException over) {
            // Closed.
        }
    }

    private void hear(byte[] value) {
        try {
            var notice = Notice.parseFrom(value);
            switch (notice.getNoticeCase()) {
                case SCORE_CHANGED -> heard.accept(afterSlash(notice.getNoticeId()), value);
                case REWARD_GRANTED -> heard.accept(notice.getRewardGranted().getSourceId(), value);
                default -> {
                    // Not of facts.
                }
            }
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("A notice cannot be read", broken);
        }
    }

    /** {@code score/<fact>}. */
    private static String afterSlash(String noticeId) {
        return noticeId.substring(noticeId.indexOf('/') + 1);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.gamehall.room.owner.kafka;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TimeoutException;

/** What the producers of this service have in common: they send on event loops, and so must never block there. */
final class Producers {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Producers() {}

    /** Waits until a producer, whose {@code max.block.ms} is 0, knows a topic. */
    static void awaitTopic(KafkaProducer<byte[], byte[]> producer, String topic) {
        while (true) {
            try {
                producer.partitionsFor(topic);
                return;
            } catch (TimeoutException notYet) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}

package io.gamehall.gateway.events.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads all partitions of a topic from the moment it starts, on a thread of its own. A broker that is away is waited
 * for; a batch is read before the next is fetched, so that what waits here is bounded.
 */
final class TopicTail {
    private static final Logger LOG = Logger.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final String topic;
    private final Map<String, Object> settings;
    private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean reading;
    private volatile boolean stopped;

    /**
     * @param name of the thread, and of the consumer for the broker's eyes
     * @param kafka how to reach the broker
     * @param topic its full name
     * @param reader takes each record, on the tail's thread
     */
    TopicTail(String name, Map<String, Object> kafka, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        this.topic = topic;
        this.settings = settings(kafka, "gateway-" + name);
        this.reader = reader;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    /** Stops reading and waits for the thread, at most five seconds. */
    void stop() throws InterruptedException {
        stopped = true;
        var open = consumer;
        if (open != null) open.wakeup();
        thread.join(STOP);
    }

    /** Whether every record from now on is read. */
    boolean isReading() {
        return reading;
    }

    private void follow() {
        try (var opened = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer = opened;
            var partitions = retrying(() -> partitions(opened));
            opened.assign(partitions);
            opened.seekToEnd(partitions);
            // Seeking is lazy; from its position on nothing is missed.
            for (var partition : partitions) retrying(() -> opened.position(partition));
            reading = true;
            while (!stopped) {
                for (var record : retrying(() -> opened.poll(POLL))) reader.accept(record);
            }
        } catch (WakeupException | InterruptException stop) {
            if (!stopped) LOG.errorf(stop, "%s is no longer read", topic);
        } catch (RuntimeException bug) {
            reading = false;
            LOG.fatalf(bug, "%s is no longer read", topic);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> opened) {
        var known = opened.partitionsFor(topic);
        if (known == null || known.isEmpty()) throw new KafkaException("There is no topic " + topic);
        return known.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private <T> T retrying(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (WakeupException | InterruptException stop) {
                throw stop;
            } catch (KafkaException away) {
                if (stopped) throw new WakeupException();
                LOG.warnf("%s can't be read, trying again: %s", topic, away.getMessage());
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, String client) {
        var settings = new HashMap<>(kafka);
        settings.put("client.id", client);
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.put("auto.offset.reset", "latest");
        return settings;
    }
}

package io.gamehall.gateway.events.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.Topics;
import io.gamehall.gateway.events.PlayerEvent.Noticed;
import io.gamehall.gateway.events.PlayerStreams;
import io.gamehall.platform.Cell;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.v1.Notice;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Brings notices to the players whose streams are here. Every gateway reads all of them, from the moment it starts: it
 * is ready once it reads. A notice to somebody who has no stream is not kept: accounts and grants can be asked for.
 */
@Singleton
@Readiness
class NoticeFeed implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(NoticeFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final PlayerStreams streams;
    private final Map<String, Object> settings;
    private final String topic;
    private final Counter undecodable;
    private final Counter read;
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean reading;
    private volatile boolean stopped;

    NoticeFeed(
            PlayerStreams streams,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Cell cell,
            MeterRegistry meters) {
        this.streams = streams;
        this.settings = settings(kafka);
        this.topic = Topics.name(cell.name(), Topics.PLAYER_NOTICES);
        this.undecodable = meters.counter("gamehall.notices.undecodable");
        this.read = meters.counter("gamehall.notices.read");
        this.thread = Thread.ofPlatform().name("notice-feed").daemon().unstarted(this::follow);
    }

    void start(@Observes StartupEvent started) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent ended) throws InterruptedException {
        stopped = true;
        var open = consumer;
        if (open != null) open.wakeup();
        thread.join(STOP);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("notices").status(reading).build();
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
                for (var record : retrying(() -> opened.poll(POLL))) deliver(record);
            }
        } catch (WakeupException | InterruptException stop) {
            if (!stopped) LOG.error("Notices are no longer read", stop);
        } catch (RuntimeException bug) {
            reading = false;
            LOG.fatal("Notices are no longer read", bug);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> opened) {
        var known = opened.partitionsFor(topic);
        if (known == null || known.isEmpty()) throw new KafkaException("There is no topic " + topic);
        return known.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        read.increment();
        try {
            if (record.value() == null) throw new InvalidProtocolBufferException("No value");
            long player = Notice.parseFrom(record.value()).getPlayerId();
            if (player == 0) throw new InvalidProtocolBufferException("No player");
            streams.tell(new PlayerId(player), new Noticed(record.value()));
        } catch (InvalidProtocolBufferException damaged) {
            undecodable.increment();
            LOG.warnf("Skipped %s-%d@%d: %s", topic, record.partition(), record.offset(), damaged.getMessage());
        }
    }

    private <T> T retrying(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (WakeupException | InterruptException stop) {
                throw stop;
            } catch (KafkaException away) {
                if (stopped) throw new WakeupException();
                LOG.warnf("Notices can't be read, trying again: %s", away.getMessage());
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.put("client.id", "gateway-notices");
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.put("auto.offset.reset", "latest");
        return settings;
    }
}

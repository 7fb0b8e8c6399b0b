package io.gamehall.gateway.events.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.Topics;
import io.gamehall.gateway.events.Notices;
import io.gamehall.gateway.events.PlayerEvent.Noticed;
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
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Brings notices to the players whose streams are here. Every gateway reads all of them, from the moment it starts: it
 * is ready once it reads. A notice to somebody who has no stream is not kept for long: accounts and grants can be asked
 * for.
 */
@Singleton
@Readiness
class NoticeFeed implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(NoticeFeed.class);

    private final Notices notices;
    private final TopicTail tail;
    private final Counter undecodable;
    private final Counter read;

    NoticeFeed(
            Notices notices,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Cell cell,
            MeterRegistry meters) {
        this.notices = notices;
        this.tail = new TopicTail("notices", kafka, Topics.name(cell.name(), Topics.PLAYER_NOTICES), this::deliver);
        this.undecodable = meters.counter("gamehall.notices.undecodable");
        this.read = meters.counter("gamehall.notices.read");
    }

    void start(@Observes StartupEvent started) {
        tail.start();
    }

    void stop(@Observes ShutdownEvent ended) throws InterruptedException {
        tail.stop();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("notices").status(tail.isReading()).build();
    }

    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        read.increment();
        try {
            if (record.value() == null) throw new InvalidProtocolBufferException("No value");
            long player = Notice.parseFrom(record.value()).getPlayerId();
            if (player == 0) throw new InvalidProtocolBufferException("No player");
            notices.tell(new PlayerId(player), new Noticed(record.value()));
        } catch (InvalidProtocolBufferException damaged) {
            undecodable.increment();
            LOG.warnf(
                    "Skipped %s-%d@%d: %s", record.topic(), record.partition(), record.offset(), damaged.getMessage());
        }
    }
}

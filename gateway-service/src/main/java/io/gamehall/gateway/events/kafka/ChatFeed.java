package io.gamehall.gateway.events.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.Topics;
import io.gamehall.gateway.events.PlayerEvent.Said;
import io.gamehall.gateway.events.RoomTalk;
import io.gamehall.platform.Cell;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.ChatLine;
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
 * Brings what is said in rooms to the members whose streams are here. Every gateway reads all of it, from the moment it
 * starts: it is ready once it reads. What was said before, the room's owner tells who enters.
 */
@Singleton
@Readiness
class ChatFeed implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(ChatFeed.class);

    private final RoomTalk talk;
    private final TopicTail tail;
    private final Counter told;
    private final Counter dropped;
    private final Counter undecodable;

    ChatFeed(
            RoomTalk talk,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Cell cell,
            MeterRegistry meters) {
        this.talk = talk;
        this.tail = new TopicTail("chat", kafka, Topics.name(cell.name(), Topics.ROOM_CHAT), this::deliver);
        this.told = meters.counter("gamehall.chat.lines", "fate", "told");
        this.dropped = meters.counter("gamehall.chat.lines", "fate", "dropped");
        this.undecodable = meters.counter("gamehall.chat.lines", "fate", "undecodable");
    }

    void start(@Observes StartupEvent started) {
        tail.start();
    }

    void stop(@Observes ShutdownEvent ended) throws InterruptedException {
        tail.stop();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("chat").status(tail.isReading()).build();
    }

    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) throw new InvalidProtocolBufferException("No value");
            var line = ChatLine.parseFrom(record.value());
            var room = new RoomId(line.getRoomId());
            // The request's id is its sender's business.
            var said = new Said(line.toBuilder().clearRequestId().build().toByteArray());
            (talk.said(room, line.getTerm(), line.getSequence(), said) ? told : dropped).increment();
        } catch (InvalidProtocolBufferException | IllegalArgumentException damaged) {
            undecodable.increment();
            LOG.warnf(
                    "Skipped %s-%d@%d: %s", record.topic(), record.partition(), record.offset(), damaged.getMessage());
        }
    }
}

package io.gamehall.room.owner.kafka;

import com.google.protobuf.ByteString;
import io.gamehall.room.owner.EventLoops;
import io.gamehall.room.owner.PlayerNotice;
import io.gamehall.room.owner.PlayerNotices;
import io.gamehall.v1.Notice;
import io.gamehall.v1.RoomEntered;
import io.gamehall.v1.RoomLeft;
import io.gamehall.v1.Signalled;
import io.gamehall.v1.SwapWanted;
import io.gamehall.v1.Whispered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Notices on the topic player-notices, keyed by player. */
public final class KafkaPlayerNotices implements PlayerNotices, AutoCloseable {
    private final String topic;
    private final EventLoops loops;
    private final KafkaProducer<byte[], byte[]> producer;

    public KafkaPlayerNotices(Map<String, Object> settings, String topic, EventLoops loops) {
        this.topic = topic;
        this.loops = loops;
        this.producer = Producers.open(settings);
    }

    /** Learns about the topic. Blocks until the brokers answer. */
    void warmUp() {
        Producers.awaitTopic(producer, topic);
    }

    @Override
    public CompletionStage<Void> publish(int partition, PlayerNotice notice, String requestId) {
        var record = new ProducerRecord<>(
                topic,
                notice.to().toString().getBytes(StandardCharsets.US_ASCII),
                encode(notice, requestId).toByteArray());
        return Producers.on(loops, partition, Producers.send(producer, record));
    }

    private static Notice encode(PlayerNotice notice, String requestId) {
        var wire = Notice.newBuilder()
                .setNoticeId(id(notice, requestId))
                .setPlayerId(notice.to().value())
                .setAtMs(notice.atMs());
        var room = notice.room().value();
        switch (notice) {
            case PlayerNotice.Whispered whispered ->
                wire.setWhispered(Whispered.newBuilder()
                        .setRoomId(room)
                        .setFrom(whispered.from().value())
                        .setText(whispered.text()));
            case PlayerNotice.Signalled signalled ->
                wire.setSignalled(Signalled.newBuilder()
                        .setRoomId(room)
                        .setTable(signalled.table())
                        .setHostTerm(signalled.hostTerm())
                        .setFrom(signalled.from().value())
                        .setPayload(ByteString.copyFrom(signalled.payload().bytes())));
            case PlayerNotice.RoomEntered _ ->
                wire.setRoomEntered(RoomEntered.newBuilder().setRoomId(room));
            case PlayerNotice.SwapWanted wanted ->
                wire.setSwapWanted(SwapWanted.newBuilder()
                        .setRoomId(room)
                        .setFrom(wanted.from().value())
                        .setTable(wanted.seat().table())
                        .setSeat(wanted.seat().number())
                        .setUntilMs(wanted.untilMs()));
            case PlayerNotice.RoomLeft left ->
                wire.setRoomLeft(RoomLeft.newBuilder().setRoomId(room).setCause(cause(left.cause())));
        }
        return wire.build();
    }

    /** A message that is sent again with its request id is told by its notice id. */
    private static String id(PlayerNotice notice, String requestId) {
        if (requestId.isEmpty()) return UUID.randomUUID().toString();
        return switch (notice) {
            case PlayerNotice.Whispered whispered -> whispered.from() + "/" + requestId;
            case PlayerNotice.Signalled signalled -> signalled.from() + "/" + requestId;
            case PlayerNotice.RoomEntered _, PlayerNotice.SwapWanted _, PlayerNotice.RoomLeft _ ->
                notice.to() + "/" + requestId;
        };
    }

    private static RoomLeft.Cause cause(PlayerNotice.Cause cause) {
        return switch (cause) {
            case ABSENT -> RoomLeft.Cause.ABSENT;
            case CLOSED -> RoomLeft.Cause.CLOSED;
        };
    }

    /** Sends what waits, at most a second, and closes. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}

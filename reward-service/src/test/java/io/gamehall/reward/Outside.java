package io.gamehall.reward;

import static io.restassured.RestAssured.given;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.DeadLetters;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.AchievementReport;
import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.GameResult;
import io.gamehall.v1.Notice;
import io.gamehall.v1.Reward;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The service as the rest of the cell sees it: facts go into Kafka, notices come out, players ask by REST. */
public final class Outside implements AutoCloseable {
    static final long AT_MS = 1_700_000_000_000L;

    private final HallServers.Servers servers = HallServers.servers();
    private final String kafka = servers.config().get("kafka.bootstrap.servers");
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.ACKS_CONFIG, "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    public static ActivityJoin join(long player, int ordinal, String kind, String name, long amount) {
        return ActivityJoin.newBuilder()
                .setJoinId("spring:%d:%d".formatted(player, ordinal))
                .setActivityId("spring")
                .setPlayerId(player)
                .setOrdinal(ordinal)
                .setRegion("test")
                .setJoinedAtMs(AT_MS + ordinal)
                .setReward(Reward.newBuilder().setKind(kind).setName(name).setAmount(amount))
                .build();
    }

    public static GameResult result(long player, int round, GameResult.Outcome outcome, int score) {
        return GameResult.newBuilder()
                .setFactId("mahjong-1/3/%d/%d".formatted(round, player))
                .setPlayerId(player)
                .setRegion("test")
                .setGame("mahjong")
                .setRoomId("mahjong-1")
                .setTable(3)
                .setRound(round)
                .setOutcome(outcome)
                .setScore(score)
                .setSettledAtMs(AT_MS + round)
                .build();
    }

    public RecordMetadata send(ActivityJoin join) {
        return send(Topics.ACTIVITY_JOINS, key(join.getPlayerId()), join.toByteArray());
    }

    public RecordMetadata send(GameResult result) {
        return send(Topics.GAME_RESULTS, key(result.getPlayerId()), result.toByteArray());
    }

    /** As the game server of a role does, with a time of its own. */
    RecordMetadata send(AchievementReport report, long timestampMs) {
        return send(Topics.ACHIEVEMENT_REPORTS, key(report), report.toByteArray(), timestampMs);
    }

    /** As an operator puts back a report that was set aside: Kafka's time of it is the present. */
    RecordMetadata replay(AchievementReport report, long firstToldMs) {
        var topic = Topics.name(servers.cell(), Topics.ACHIEVEMENT_REPORTS);
        var record = new ProducerRecord<>(topic, key(report), report.toByteArray());
        record.headers()
                .add(DeadLetters.ORIGIN_TIMESTAMP, Long.toString(firstToldMs).getBytes(StandardCharsets.US_ASCII));
        return send(record);
    }

    /** Without waiting for Kafka; the order is kept. */
    void start(AchievementReport report, long timestampMs) {
        var topic = Topics.name(servers.cell(), Topics.ACHIEVEMENT_REPORTS);
        producer.send(new ProducerRecord<>(topic, null, timestampMs, key(report), report.toByteArray()));
    }

    static byte[] key(AchievementReport report) {
        return "%s/%d/%d/%s"
                .formatted(report.getPlatform(), report.getZone(), report.getServer(), report.getRoleId())
                .getBytes(StandardCharsets.US_ASCII);
    }

    RecordMetadata send(String topic, byte[] key, byte[] value) {
        return send(topic, key, value, null);
    }

    RecordMetadata send(String topic, byte[] key, byte[] value, Long timestampMs) {
        return send(new ProducerRecord<>(Topics.name(servers.cell(), topic), null, timestampMs, key, value));
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static byte[] key(long player) {
        return Long.toString(player).getBytes(StandardCharsets.US_ASCII);
    }

    /** Everything that stands in a topic now, in order within each partition. */
    List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        var settings = Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.name(servers.cell(), topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(50)).forEach(all::add);
            }
            return all;
        }
    }

    /** All notices to a player, in order. */
    List<Notice> notices(long player) {
        return all(Topics.PLAYER_NOTICES).stream()
                .filter(notice -> new String(notice.key(), StandardCharsets.US_ASCII).equals(Long.toString(player)))
                .map(notice -> {
                    try {
                        return Notice.parseFrom(notice.value());
                    } catch (InvalidProtocolBufferException broken) {
                        throw new IllegalStateException(broken);
                    }
                })
                .toList();
    }

    /** What the player sees at a path. */
    static ValidatableResponse get(long player, String path) {
        return given().header("authorization", "Bearer " + TestTickets.player(player))
                .get(path)
                .then();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}

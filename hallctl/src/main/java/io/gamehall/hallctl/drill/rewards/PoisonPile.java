package io.gamehall.hallctl.drill.rewards;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.facts.FactKind;
import io.gamehall.hallctl.facts.FactScript;
import io.gamehall.v1.AchievementReport;
import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.GameResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records that nobody can use, in every topic of facts, and where each of them stands. Confined to one thread. */
final class PoisonPile implements AutoCloseable {
    /** Without the cell's name. */
    static final List<String> TOPICS = List.of(Topics.GAME_RESULTS, Topics.ACTIVITY_JOINS, Topics.ACHIEVEMENT_REPORTS);

    /** Of every record, to be found again with the letter. */
    static final String TRACE = "trace";

    /** As much as a producer sends at most, less what is around the bytes: with cause and origin it is even more. */
    private static final int LARGE_BYTES = 1_048_400;

    private static final int NOISE_BYTES = 200;
    /** One more than a report may have. */
    private static final int PAYLOAD_BYTES = 4_097;

    private static final int PARTITIONS = 16;
    private static final String LONG_ID = "x".repeat(129);

    private final String cell;
    private final FactScript good;
    private final SplittableRandom random;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Told> told = new ArrayList<>();

    /** A record and its place: full name of the topic, Kafka's time in milliseconds since 1970. */
    record Told(String what, ProducerRecord<byte[], byte[]> record, int partition, long offset, long timestampMs) {
        String place() {
            return record.topic() + "-" + partition + "@" + offset;
        }
    }

    /** @param good facts that are spoiled here, and are not told otherwise */
    PoisonPile(String bootstrap, String cell, FactScript good, long seed) {
        this.cell = cell;
        this.good = good;
        this.random = new SplittableRandom(seed);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** One of each sort in each topic; returns when they stand there. */
    void tellAll() throws Exception {
        for (var topic : TOPICS) {
            tell(topic, "noise", key(), noise(NOISE_BYTES));
            tell(topic, "much noise", key(), noise(LARGE_BYTES));
            tell(topic, "nothing in it", key(), new byte[0]);
            tell(topic, "no value", key(), null);
        }
        results();
        joins();
        reports();
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    private void results() throws Exception {
        var round = GameResult.parseFrom(next(FactKind.RESULTS));
        spoiled(Topics.GAME_RESULTS, round.getPlayerId(), round.toByteArray());
        result(round, "player 0", it -> it.setPlayerId(0));
        result(round, "player beyond the cells", it -> it.setPlayerId(1L << 52));
        result(round, "negative player", it -> it.setPlayerId(-1));
        result(round, "no fact id", GameResult.Builder::clearFactId);
        result(round, "blank in the fact id", it -> it.setFactId("a fact"));
        result(round, "fact id too long", it -> it.setFactId(LONG_ID));
        result(round, "no game", GameResult.Builder::clearGame);
        result(round, "no room", GameResult.Builder::clearRoomId);
        result(round, "no outcome", GameResult.Builder::clearOutcome);
        result(round, "unknown outcome", it -> it.setOutcomeValue(99));
        result(round, "score too high", it -> it.setScore(1_000_001));
        result(round, "no time", GameResult.Builder::clearSettledAtMs);
        result(round, "time beyond the calendar", it -> it.setSettledAtMs(Long.MAX_VALUE));
    }

    private void joins() throws Exception {
        var join = ActivityJoin.parseFrom(next(FactKind.JOINS));
        spoiled(Topics.ACTIVITY_JOINS, join.getPlayerId(), join.toByteArray());
        join(join, "player 0", it -> it.setPlayerId(0));
        join(join, "no join id", ActivityJoin.Builder::clearJoinId);
        join(join, "join id too long", it -> it.setJoinId(LONG_ID));
        join(join, "no activity", ActivityJoin.Builder::clearActivityId);
        join(join, "no time", ActivityJoin.Builder::clearJoinedAtMs);
        join(join, "no reward", ActivityJoin.Builder::clearReward);
        join(join, "unknown kind of reward", it -> it.getRewardBuilder().setKind("luck"));
        join(join, "reward without a name", it -> it.getRewardBuilder().clearName());
        join(join, "amount 0", it -> it.getRewardBuilder().setAmount(0));
        join(join, "amount too high", it -> it.getRewardBuilder().setAmount(1_000_000_001L));
    }

    private void reports() throws Exception {
        var report = AchievementReport.newBuilder()
                .setFactId("poison")
                .setPlayerId(good.crowd().first())
                .setPlatform("drill")
                .setZone(1)
                .setServer(2)
                .setRoleId("role")
                .setType("poison")
                .setValue(1)
                .setReportedAtMs(System.currentTimeMillis())
                .build();
        var other = report.toBuilder().setRoleId("other").build();
        spoiled(Topics.ACHIEVEMENT_REPORTS, key(report), key(other), report.toByteArray());
        report(report, "player 0", it -> it.setPlayerId(0));
        report(report, "no fact id", AchievementReport.Builder::clearFactId);
        report(report, "fact id too long", it -> it.setFactId(LONG_ID));
        report(report, "no platform", AchievementReport.Builder::clearPlatform);
        report(report, "slash in the platform", it -> it.setPlatform("a/b"));
        report(report, "no role", AchievementReport.Builder::clearRoleId);
        report(report, "no type", AchievementReport.Builder::clearType);
        report(report, "blank in the type", it -> it.setType("a type"));
        report(report, "unknown merge", it -> it.setMergeValue(99));
        report(report, "payload too large", it -> it.setPayload(ByteString.copyFrom(noise(PAYLOAD_BYTES))));
        report(report, "no time", AchievementReport.Builder::clearReportedAtMs);
        report(report, "time beyond the calendar", it -> it.setReportedAtMs(Long.MAX_VALUE));
    }

    /** What can be wrong around any fact. */
    private void spoiled(String topic, long player, byte[] value) throws Exception {
        spoiled(topic, key(player), key(player + 1), value);
    }

    private void spoiled(String topic, byte[] key, byte[] another, byte[] value) throws Exception {
        tell(topic, "cut off", key, Arrays.copyOf(value, value.length - 1));
        tell(topic, "another's key", another, value);
        tell(topic, "no key", null, value);
    }

    @FunctionalInterface
    private interface Spoils<B> {
        Object from(B builder);
    }

    private void result(GameResult round, String what, Spoils<GameResult.Builder> spoils) throws Exception {
        var builder = round.toBuilder();
        spoils.from(builder);
        tell(
                Topics.GAME_RESULTS,
                what,
                key(builder.getPlayerId()),
                builder.build().toByteArray());
    }

    private void join(ActivityJoin join, String what, Spoils<ActivityJoin.Builder> spoils) throws Exception {
        var builder = join.toBuilder();
        spoils.from(builder);
        tell(
                Topics.ACTIVITY_JOINS,
                what,
                key(builder.getPlayerId()),
                builder.build().toByteArray());
    }

    private void report(AchievementReport report, String what, Spoils<AchievementReport.Builder> spoils)
            throws Exception {
        var builder = report.toBuilder();
        spoils.from(builder);
        tell(
                Topics.ACHIEVEMENT_REPORTS,
                what,
                key(builder.build()),
                builder.build().toByteArray());
    }

    /** The next good fact of a kind. */
    private byte[] next(FactKind kind) throws InvalidProtocolBufferException {
        for (long number = told.size(); ; number++) {
            var fact = good.at(number);
            if (fact.kind() == kind) return fact.value();
        }
    }

    private void tell(String topic, String what, byte[] key, byte[] value)
            throws InterruptedException, ExecutionException {
        long now = System.currentTimeMillis();
        int partition = random.nextInt(PARTITIONS);
        var record = new ProducerRecord<>(Topics.name(cell, topic), partition, now, key, value);
        record.headers().add(TRACE, Integer.toString(told.size()).getBytes(StandardCharsets.US_ASCII));
        var place = producer.send(record).get();
        told.add(new Told(topic + ": " + what, record, place.partition(), place.offset(), now));
    }

    private byte[] key() {
        return key(good.crowd().first());
    }

    private static byte[] key(long player) {
        return Long.toString(player).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] key(AchievementReport report) {
        return "%s/%d/%d/%s"
                .formatted(report.getPlatform(), report.getZone(), report.getServer(), report.getRoleId())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** No message begins with a field of number 0. */
    private byte[] noise(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = 0;
        return bytes;
    }

    @Override
    public void close() {
        producer.close();
    }
}

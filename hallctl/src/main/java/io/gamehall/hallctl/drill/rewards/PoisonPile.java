package io.gamehall.hallctl.drill.rewards;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.facts.FactKind;
import io.gamehall.hallctl.facts.FactScript;
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
    /** Of every record, to be found again with the letter. */
    static final String TRACE = "trace";

    /** As much as a producer sends at most, less what is around the bytes: with cause and origin it is even more. */
    private static final int LARGE_BYTES = 1_048_400;

    private static final int NOISE_BYTES = 200;
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
        for (var kind : FactKind.values()) {
            tell(kind, "noise", key(), noise(NOISE_BYTES));
            tell(kind, "much noise", key(), noise(LARGE_BYTES));
            tell(kind, "nothing in it", key(), new byte[0]);
            tell(kind, "no value", key(), null);
            switch (kind) {
                case RESULTS -> results();
                case JOINS -> joins();
            }
        }
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    private void results() throws Exception {
        var round = GameResult.parseFrom(next(FactKind.RESULTS));
        spoiled(FactKind.RESULTS, round.getPlayerId(), round.toByteArray());
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
        spoiled(FactKind.JOINS, join.getPlayerId(), join.toByteArray());
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

    /** What can be wrong around any fact. */
    private void spoiled(FactKind kind, long player, byte[] value) throws Exception {
        tell(kind, "cut off", key(player), Arrays.copyOf(value, value.length - 1));
        tell(kind, "another's key", key(player + 1), value);
        tell(kind, "no key", null, value);
    }

    @FunctionalInterface
    private interface Spoils<B> {
        Object from(B builder);
    }

    private void result(GameResult round, String what, Spoils<GameResult.Builder> spoils) throws Exception {
        var builder = round.toBuilder();
        spoils.from(builder);
        tell(FactKind.RESULTS, what, key(builder.getPlayerId()), builder.build().toByteArray());
    }

    private void join(ActivityJoin join, String what, Spoils<ActivityJoin.Builder> spoils) throws Exception {
        var builder = join.toBuilder();
        spoils.from(builder);
        tell(FactKind.JOINS, what, key(builder.getPlayerId()), builder.build().toByteArray());
    }

    /** The next good fact of a kind. */
    private byte[] next(FactKind kind) throws InvalidProtocolBufferException {
        for (long number = told.size(); ; number++) {
            var fact = good.at(number);
            if (fact.kind() == kind) return fact.value();
        }
    }

    private void tell(FactKind kind, String what, byte[] key, byte[] value)
            throws InterruptedException, ExecutionException {
        long now = System.currentTimeMillis();
        int partition = random.nextInt(PARTITIONS);
        var record = new ProducerRecord<>(Topics.name(cell, kind.topic()), partition, now, key, value);
        record.headers().add(TRACE, Integer.toString(told.size()).getBytes(StandardCharsets.US_ASCII));
        var place = producer.send(record).get();
        told.add(new Told(kind.label() + ": " + what, record, place.partition(), place.offset(), now));
    }

    private byte[] key() {
        return key(good.crowd().first());
    }

    private static byte[] key(long player) {
        return Long.toString(player).getBytes(StandardCharsets.US_ASCII);
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

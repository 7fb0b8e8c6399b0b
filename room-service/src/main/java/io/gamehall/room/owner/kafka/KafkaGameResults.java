package io.gamehall.room.owner.kafka;

import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Score;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.owner.EventLoops;
import io.gamehall.room.owner.GameResults;
import io.gamehall.v1.GameResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Settled rounds on the topic game-results: one record for each player, keyed by player. */
public final class KafkaGameResults implements GameResults, AutoCloseable {
    private final String topic;
    private final String region;
    private final EventLoops loops;
    private final KafkaProducer<byte[], byte[]> producer;

    public KafkaGameResults(Map<String, Object> settings, String topic, String region, EventLoops loops) {
        this.topic = topic;
        this.region = region;
        this.loops = loops;
        var own = new HashMap<>(settings);
        own.put(ProducerConfig.ACKS_CONFIG, "all");
        own.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        own.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Integer.MAX_VALUE);
        // Called on event loops. What fails is published again by the owner.
        own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        this.producer = new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Learns about the topic, so that the first round need not be published twice. Blocks until the brokers answer. */
    void warmUp() {
        Producers.awaitTopic(producer, topic);
    }

    @Override
    public CompletionStage<Void> publish(int partition, String game, RoomId room, int table, SettledRound round) {
        var sent = round.players().stream()
                .map(player -> send(player, result(game, room, table, round, player)))
                .toArray(CompletableFuture<?>[]::new);
        var onContext = new CompletableFuture<Void>();
        CompletableFuture.allOf(sent)
                .whenComplete((done, failure) -> loops.run(partition, () -> {
                    if (failure == null) onContext.complete(null);
                    else onContext.completeExceptionally(failure);
                }));
        return onContext;
    }

    private CompletableFuture<Void> send(PlayerId player, GameResult result) {
        var stored = new CompletableFuture<Void>();
        var record = new ProducerRecord<>(
                topic, player.toString().getBytes(StandardCharsets.US_ASCII), result.toByteArray());
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) stored.complete(null);
                else stored.completeExceptionally(failure);
            });
        } catch (RuntimeException failure) {
            stored.completeExceptionally(failure);
        }
        return stored;
    }

    private GameResult result(String game, RoomId room, int table, SettledRound round, PlayerId player) {
        int points = round.scores().stream()
                .filter(score -> score.player().equals(player))
                .mapToInt(Score::points)
                .findFirst()
                .orElse(0);
        return GameResult.newBuilder()
                .setFactId(room + "/" + table + "/" + round.number() + "/" + player)
                .setPlayerId(player.value())
                .setRegion(region)
                .setGame(game)
                .setRoomId(room.value())
                .setTable(table)
                .setRound(round.number())
                .setOutcome(outcome(round.disputed(), points))
                .setScore(points)
                .setSettledAtMs(round.settledAtMs())
                .build();
    }

    private static GameResult.Outcome outcome(boolean disputed, int points) {
        if (disputed) return GameResult.Outcome.DISPUTED_ROUND;
        return points > 0 ? GameResult.Outcome.WON : points < 0 ? GameResult.Outcome.LOST : GameResult.Outcome.DRAWN;
    }

    /** Sends what waits, at most a second, and closes. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}

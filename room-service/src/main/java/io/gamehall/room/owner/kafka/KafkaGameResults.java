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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

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
        this.producer = Producers.open(settings);
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
        return Producers.on(loops, partition, CompletableFuture.allOf(sent));
    }

    private CompletableFuture<Void> send(PlayerId player, GameResult result) {
        return Producers.send(
                producer,
                new ProducerRecord<>(
                        topic, player.toString().getBytes(StandardCharsets.US_ASCII), result.toByteArray()));
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

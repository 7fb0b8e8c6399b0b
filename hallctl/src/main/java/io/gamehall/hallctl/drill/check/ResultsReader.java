package io.gamehall.hallctl.drill.check;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.hallctl.load.Reading;
import io.gamehall.v1.GameResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all of game-results. */
public final class ResultsReader {
    private static final Reading READING = new Reading(Duration.ofSeconds(30));

    private ResultsReader() {}

    /**
     * Everything that stands there now.
     *
     * @param bootstrap of Kafka
     * @param topic full name
     * @throws org.apache.kafka.common.errors.TimeoutException if Kafka falls silent
     */
    public static List<Fact> read(String bootstrap, String topic) {
        var facts = new ArrayList<Fact>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            READING.read(consumer, consumer.endOffsets(partitions), record -> facts.add(fact(record.value())));
        }
        return facts;
    }

    private static Fact fact(byte[] value) {
        try {
            var result = GameResult.parseFrom(value);
            return new Fact(
                    result.getFactId(),
                    result.getPlayerId(),
                    result.getScore(),
                    result.getOutcome() == GameResult.Outcome.DISPUTED_ROUND,
                    value);
        } catch (InvalidProtocolBufferException broken) {
            return new Fact("unreadable", 0, 0, false, value);
        }
    }
}

package io.gamehall.activity;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads a topic of the cell from its beginning, as a stranger would. */
public final class TopicReader {
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private TopicReader() {}

    public static String name(String topic) {
        return Topics.name(HallServers.servers().cell(), topic);
    }

    /** The records that are wanted, as soon as there are that many. */
    public static List<ConsumerRecord<byte[], byte[]>> await(
            String topic, int count, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(broker(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(name(topic)).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var end = Instant.now().plus(WAIT_MAX);
            while (found.size() < count && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (wanted.test(record)) found.add(record);
                });
            }
        }
        return found;
    }

    public static Predicate<ConsumerRecord<byte[], byte[]>> keyed(String key) {
        return record -> record.key() != null && new String(record.key(), StandardCharsets.US_ASCII).equals(key);
    }

    public static void write(String topic, String key, byte[] value) throws Exception {
        write(new ProducerRecord<>(name(topic), key.getBytes(StandardCharsets.US_ASCII), value));
    }

    public static void write(ProducerRecord<byte[], byte[]> record) throws Exception {
        try (var producer = new KafkaProducer<>(broker(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private static Map<String, Object> broker() {
        return Map.of("bootstrap.servers", HallServers.servers().config().get("kafka.bootstrap.servers"));
    }
}

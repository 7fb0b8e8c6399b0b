package io.gamehall.hallctl.facts;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts facts into Kafka (acks=all, idempotent). Any thread may send. */
public final class FactProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String cell;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @param bootstrap of Kafka
     * @param cell the cell's name
     */
    public FactProducer(String bootstrap, String cell) {
        this.cell = cell;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 2, "batch.size", 128 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public void send(LoadFact fact) {
        send(fact.record(cell));
    }

    /** Any record at all. */
    public void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (_, failed) -> {
            if (failed != null) failure.compareAndSet(null, failed);
        });
    }

    /** Waits until Kafka has all of it. @throws IllegalStateException if it did not take something */
    public void flush() {
        producer.flush();
        if (failure.get() != null) throw new IllegalStateException("Kafka did not take a fact", failure.get());
    }

    @Override
    public void close() {
        producer.close();
    }
}

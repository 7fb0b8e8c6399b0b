package io.gamehall.hallctl.facts;

import io.gamehall.contracts.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Something that a load program tells of a player, as the services of a cell do; what it must come to is known. */
public sealed interface LoadFact permits RoundFact, JoinFact {
    FactKind kind();

    long player();

    /** Tells repeats. */
    String id();

    /** As it goes into Kafka. */
    byte[] value();

    /**
     * The record, of which Kafka's time is the present.
     *
     * @param cell the cell's name
     */
    default ProducerRecord<byte[], byte[]> record(String cell) {
        return new ProducerRecord<>(Topics.name(cell, kind().topic()), key(), value());
    }

    /** What keeps the facts of a player in order. */
    default byte[] key() {
        return Long.toUnsignedString(player()).getBytes(StandardCharsets.US_ASCII);
    }
}

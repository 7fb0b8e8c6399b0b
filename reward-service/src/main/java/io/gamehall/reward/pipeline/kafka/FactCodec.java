package io.gamehall.reward.pipeline.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.reward.pipeline.domain.Fact;
import io.gamehall.v1.Notice;
import java.util.Optional;

/**
 * One kind of facts on the wire: all that a new kind adds to the Kafka side.
 *
 * @param <F> the facts
 * @param <E> what a fact does
 */
public interface FactCodec<F extends Fact, E> {
    /** Tag of the kind's metrics. */
    String kind();

    /**
     * Reads a record's value.
     *
     * @param timestampMs when the record was told at first by Kafka's time, milliseconds since 1970: decides which of two
     *     facts is later
     * @throws InvalidProtocolBufferException if it can't be read
     * @throws IllegalArgumentException if it reads as nonsense, with a message saying what
     */
    F decode(byte[] value, long timestampMs) throws InvalidProtocolBufferException;

    /**
     * What the player is told; byte by byte the same each time the fact is told, and the id names fact and kind. Empty
     * where there is nothing to tell, and there will never be.
     */
    Optional<Notice> notice(F fact, E effect);
}

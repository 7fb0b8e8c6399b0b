package io.gamehall.reward.pipeline.domain;

/** Something that happened to one player, told to us at least once. */
public interface Fact {
    /** By what repeats of the fact are told. */
    FactKey key();

    /** The key of the fact's record in Kafka, ASCII: what is keyed alike keeps its order. Unless overridden, the player. */
    default String recordKey() {
        return Long.toString(key().player());
    }
}

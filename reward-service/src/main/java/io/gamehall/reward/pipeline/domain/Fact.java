package io.gamehall.reward.pipeline.domain;

/** Something that happened to one player, told to us at least once. */
public interface Fact {
    /** By what repeats of the fact are told. */
    FactKey key();
}

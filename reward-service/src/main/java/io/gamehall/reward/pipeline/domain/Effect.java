package io.gamehall.reward.pipeline.domain;

/**
 * What a fact did.
 *
 * @param what the effect; what is told of it is the same each time
 * @param fresh false when the fact had been recorded before, so that this telling changed nothing
 */
public record Effect<E>(E what, boolean fresh) {}

package io.gamehall.platform.limits.domain;

/**
 * How refusals are answered.
 *
 * @param atOnceMax refusals of a session in a row that are answered at once
 * @param forgivenNs after so long without a refusal a session has such a row before it again
 * @param holdNs how long each further answer is held at least
 * @param heldMax answers of a session that are held at a time
 * @param cutMaxNs for how long a connection that is cut off is left silent at most: the first time as long as an answer is
 *     held, and each time twice as long as before
 */
public record Patience(int atOnceMax, long forgivenNs, long holdNs, int heldMax, long cutMaxNs) {}

package io.gamehall.hallctl.drill.history;

/**
 * From a call's first try to its answer.
 *
 * @param startMs milliseconds since 1970, of this machine's clock, which the journal's records carry, too
 * @param endMs milliseconds since 1970
 * @param startNanos {@link System#nanoTime()}
 * @param endNanos {@link System#nanoTime()}
 */
public record Span(long startMs, long endMs, long startNanos, long endNanos) {}

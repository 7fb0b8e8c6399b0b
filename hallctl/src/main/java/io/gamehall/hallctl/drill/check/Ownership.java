package io.gamehall.hallctl.drill.check;

/**
 * A process has claimed a partition, and was believed.
 *
 * @param fromMs milliseconds since 1970
 */
public record Ownership(int partition, long term, String instance, String endpoint, long fromMs) {}

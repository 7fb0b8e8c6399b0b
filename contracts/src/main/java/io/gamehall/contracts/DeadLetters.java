package io.gamehall.contracts;

import java.nio.charset.StandardCharsets;

/**
 * How a dead letter looks: key, value and headers of the record as they were, in {@code <topic>-dlq}, and these headers
 * (text, UTF-8), of which the last one of a name counts.
 */
public final class DeadLetters {
    /** Why nobody can use the record. */
    public static final String CAUSE = "cause";
    /** Full name of the topic that it came from. */
    public static final String ORIGIN_TOPIC = "origin-topic";
    /** Decimal digits. */
    public static final String ORIGIN_PARTITION = "origin-partition";
    /** Decimal digits. */
    public static final String ORIGIN_OFFSET = "origin-offset";
    /** When the record was told at first, milliseconds since 1970; a replayed record has this header, too. */
    public static final String ORIGIN_TIMESTAMP = "origin-timestamp-ms";

    /** Of a record that was replayed: the letter that it was, {@code <topic>-dlq/<partition>/<offset>}. */
    public static final String REPLAYED_FROM = "replayed-from";
    /** How often it was replayed, decimal digits. */
    public static final String REPLAYS = "replays";

    private DeadLetters() {}

    /**
     * When a record was told at first. Kafka's time of a replayed one is that of its replay, from which its topic keeps it
     * as long as any other.
     *
     * @param origin value of its header {@link #ORIGIN_TIMESTAMP}; null: it has none
     * @param recordMs Kafka's time of it, milliseconds since 1970; holds where the header is no number
     */
    public static long firstToldMs(byte[] origin, long recordMs) {
        if (origin == null) return recordMs;
        try {
            return Long.parseLong(new String(origin, StandardCharsets.UTF_8));
        } catch (NumberFormatException strange) {
            return recordMs;
        }
    }
}

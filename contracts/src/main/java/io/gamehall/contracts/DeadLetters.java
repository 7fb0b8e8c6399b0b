package io.gamehall.contracts;

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
    /** Kafka's time of the record, milliseconds since 1970. */
    public static final String ORIGIN_TIMESTAMP = "origin-timestamp-ms";

    /** Of a record that was replayed: the letter that it was, {@code <topic>-dlq/<partition>/<offset>}. */
    public static final String REPLAYED_FROM = "replayed-from";
    /** How often it was replayed, decimal digits. */
    public static final String REPLAYS = "replays";

    private DeadLetters() {}
}

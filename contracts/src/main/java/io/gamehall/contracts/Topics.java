package io.gamehall.contracts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Every Kafka topic of a cell: its name, its partitions and the settings on which correctness rests.
 *
 * <p>A topic's full name is {@code <cell>.<topic>}, so that several cells can share the servers of a laptop.
 */
public final class Topics {
    public static final String ROOM_JOURNAL = "room-journal";
    public static final String ROOM_CHAT = "room-chat";
    public static final String PLAYER_NOTICES = "player-notices";
    public static final String GAME_RESULTS = "game-results";
    public static final String ACTIVITY_JOINS = "activity-joins";
    public static final String ACHIEVEMENT_REPORTS = "achievement-reports";
    /** Suffix of a topic's dead letters. */
    public static final String DLQ_SUFFIX = "-dlq";
    /** What operators have done with dead letters: key {@code <topic>-dlq/<partition>/<offset>}, see docs/dead-letters.md. */
    public static final String DLQ_MARKS = "dlq-marks";

    /**
     * Partitions of a region's rooms. Fixed at the topic's creation: a room's partition is
     * {@code murmur2(room_id) mod} this, and a later change would move rooms away from their history.
     */
    public static final int ROOM_PARTITIONS = 32;

    /** The largest dead letter: the largest record that a topic takes (1 MiB), and the headers that say why and where. */
    public static final int DEAD_LETTER_BYTES_MAX = 2 << 20;

    private static final int FACT_PARTITIONS = 16;
    private static final int DLQ_HOURS = 30 * 24;
    private static final Pattern CELL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    private Topics() {}

    /** A topic to be created: full name, partitions, settings. */
    public record Topic(String name, int partitions, Map<String, String> settings) {
        public Topic {
            settings = Map.copyOf(settings);
        }
    }

    /**
     * The full name of a topic in a cell.
     *
     * @throws IllegalArgumentException if the cell's name is not 1-40 characters of {@code [a-z0-9-]}
     */
    public static String name(String cell, String topic) {
        if (!CELL.matcher(cell).matches()) {
            throw new IllegalArgumentException("Not a cell name (1-40 of a-z, 0-9, -): '" + cell + "'");
        }
        return cell + "." + topic;
    }

    /** All topics of a cell. */
    public static List<Topic> of(String cell) {
        return List.of(
                // Compaction must stay far behind any fail-over: see docs/adr/0001.
                new Topic(
                        name(cell, ROOM_JOURNAL),
                        ROOM_PARTITIONS,
                        Map.of(
                                "cleanup.policy", "compact",
                                "min.compaction.lag.ms", "3600000",
                                "delete.retention.ms", "86400000",
                                "segment.ms", "3600000")),
                new Topic(name(cell, ROOM_CHAT), FACT_PARTITIONS, retentionHours(24)),
                new Topic(name(cell, PLAYER_NOTICES), FACT_PARTITIONS, retentionHours(24)),
                new Topic(name(cell, GAME_RESULTS), FACT_PARTITIONS, retentionHours(7 * 24)),
                new Topic(name(cell, ACTIVITY_JOINS), FACT_PARTITIONS, retentionHours(7 * 24)),
                new Topic(name(cell, ACHIEVEMENT_REPORTS), FACT_PARTITIONS, retentionHours(7 * 24)),
                deadLetters(cell, GAME_RESULTS),
                deadLetters(cell, ACTIVITY_JOINS),
                deadLetters(cell, ACHIEVEMENT_REPORTS),
                // Marks outlive the letters that they are of.
                new Topic(
                        name(cell, DLQ_MARKS),
                        1,
                        Map.of(
                                "cleanup.policy",
                                "compact,delete",
                                "retention.ms",
                                Long.toString(2 * DLQ_HOURS * 3_600_000L))));
    }

    private static Topic deadLetters(String cell, String topic) {
        var settings = new HashMap<>(retentionHours(DLQ_HOURS));
        settings.put("max.message.bytes", Integer.toString(DEAD_LETTER_BYTES_MAX));
        return new Topic(name(cell, topic + DLQ_SUFFIX), 1, settings);
    }

    private static Map<String, String> retentionHours(int hours) {
        return Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(hours * 3_600_000L));
    }
}

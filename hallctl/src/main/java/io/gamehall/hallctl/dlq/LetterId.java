package io.gamehall.hallctl.dlq;

import io.gamehall.contracts.Topics;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * Names a dead letter for as long as it is there: {@code game-results-dlq/0/17}.
 *
 * @param topic without the cell's name
 */
public record LetterId(String topic, int partition, long offset) implements Comparable<LetterId> {
    private static final Pattern TEXT = Pattern.compile("([a-z0-9-]{1,80})/(\\d{1,5})/(\\d{1,18})");
    private static final Comparator<LetterId> ORDER = Comparator.comparing(LetterId::topic)
            .thenComparingInt(LetterId::partition)
            .thenComparingLong(LetterId::offset);

    /** @throws IllegalArgumentException if it names no letter */
    public static LetterId parse(String text) {
        var found = TEXT.matcher(text);
        if (!found.matches() || !found.group(1).endsWith(Topics.DLQ_SUFFIX)) {
            throw new IllegalArgumentException("Not a letter, such as game-results-dlq/0/17: '" + text + "'");
        }
        return new LetterId(found.group(1), Integer.parseInt(found.group(2)), Long.parseLong(found.group(3)));
    }

    TopicPartition place(String cell) {
        return new TopicPartition(Topics.name(cell, topic), partition);
    }

    @Override
    public int compareTo(LetterId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}

package io.gamehall.activity.catalog.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/** Name of an activity, chosen by its administrator: 1-64 characters of {@code [a-z0-9-]}. */
public record ActivityId(String value) implements Comparable<ActivityId> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

    public ActivityId {
        if (!SHAPE.matcher(value).matches()) throw new IllegalArgumentException("Not an activity id: '" + value + "'");
    }

    /** Empty when the text can't be an id. */
    public static Optional<ActivityId> parse(String text) {
        return text != null && SHAPE.matcher(text).matches() ? Optional.of(new ActivityId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(ActivityId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

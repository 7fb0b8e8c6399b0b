package io.gamehall.hallctl.facts;

import io.gamehall.contracts.Topics;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The facts that rewards are made of. A further kind is a constant here, a {@link LoadFact}, and its rows. */
public enum FactKind {
    /** Settled rounds: scores. */
    RESULTS(Topics.GAME_RESULTS),
    /** Accepted joins of activities: grants. */
    JOINS(Topics.ACTIVITY_JOINS);

    private final String topic;

    FactKind(String topic) {
        this.topic = topic;
    }

    /** As in {@code --mix results=80}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Without the cell's name. */
    public String topic() {
        return topic;
    }

    public static Optional<FactKind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}

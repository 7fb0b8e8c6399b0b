package io.gamehall.activity.join;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How joins are carried out. */
@ConfigMapping(prefix = "gamehall.joins")
public interface JoinSettings {
    /**
     * So many joins may always be in work at a time. More are, up to {@link #inFlightMax()}, as long as they are
     * answered in {@link #latencyTarget()}; the rest is refused at the door (OVERLOADED).
     */
    @WithDefault("128")
    @Min(1)
    @Max(100_000)
    int inFlightMin();

    /** In which time 19 of 20 joins are to be answered while too many come. */
    @WithDefault("100MS")
    Duration latencyTarget();

    /** The most joins in work at a time; more are refused at once (OVERLOADED). */
    @WithDefault("4096")
    @Min(1)
    @Max(100_000)
    int inFlightMax();

    /**
     * Whether guests may join. Whoever comes can be a guest, as often as they like, so a quota would be no limit to
     * anybody.
     */
    @WithDefault("false")
    boolean guests();

    /** How long a join waits for Kafka. What is not confirmed by then is left to the relay. At least 1.5 s. */
    @WithDefault("5S")
    Duration publishTimeout();

    /** How long a join waits for the activity to be opened, if it finds it not so. */
    @WithDefault("1S")
    Duration openWait();

    /** The age at which an outbox entry counts as left behind. */
    @WithDefault("3S")
    Duration relayAfter();

    /** Pause between two looks at the outboxes. */
    @WithDefault("1S")
    Duration relayEvery();

    /** Pause between two comparisons of Redis with the ledger, and the longest wait for the ledger in one. */
    @WithDefault("1m")
    Duration reconcileEvery();

    /** The most entries relayed of one activity in one look. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int relayMax();

    /**
     * How long joins rest on Redis' counters after a look that has found it to be the same process as before. Longer
     * than {@link #relayEvery()}, which is how often one looks, and shorter than a replica takes to become a master.
     */
    @WithDefault("3S")
    Duration trust();

    /**
     * How long a rebuild waits before it trusts that no join decided before the loss is still on its way to Kafka.
     * Must be longer than {@link #publishTimeout()}: a join for which Redis took the difference is left to the relay.
     */
    @WithDefault("6S")
    Duration reopenGrace();
}

package io.gamehall.reward.pipeline;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.store.StoreFault.Conflict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** How one kind of facts fares: its metrics, and whether it waits for a server. Safe for any thread. */
public final class Progress {
    private static final Logger LOG = Logger.getLogger(Progress.class);

    /**
     * Why the pipeline waits.
     *
     * @param since the first failure of this wait
     * @param cause the last failure
     */
    public record Wait(Instant since, String cause) {}

    private final String kind;
    private final DistributionSummary batchSize;
    private final DistributionSummary mergeRatio;
    private final Counter applied;
    private final Counter repeated;
    private final Counter versionConflicts;
    private final Counter lockConflicts;
    private final Counter retries;
    private final Counter deadLetters;
    private final Timer visible;
    private final Backlog backlog;
    private volatile Wait wait;

    /** @param kind of the facts: the tag {@code fact} of every metric */
    public Progress(String kind, MeterRegistry registry) {
        this.kind = kind;
        batchSize = DistributionSummary.builder("gamehall.reward.batch.size")
                .description("Facts in a batch")
                .tag("fact", kind)
                .register(registry);
        mergeRatio = DistributionSummary.builder("gamehall.reward.merge.ratio")
                .description("Fresh facts for each row of players' state written")
                .tag("fact", kind)
                .register(registry);
        backlog = new Backlog(kind, registry);
        applied = facts(registry, "applied");
        repeated = facts(registry, "repeated");
        versionConflicts = conflicts(registry, "version");
        lockConflicts = conflicts(registry, "lock");
        retries = Counter.builder("gamehall.reward.retries")
                .description("Attempts that failed because the database or Kafka was away")
                .tag("fact", kind)
                .register(registry);
        deadLetters = Counter.builder("gamehall.reward.dead.letters")
                .description("Records set aside in the DLQ")
                .tag("fact", kind)
                .register(registry);
        visible = Timer.builder("gamehall.reward.visible.latency")
                .description("From a fact's Kafka timestamp until its effect is committed and can be seen")
                .tag("fact", kind)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
    }

    private Counter facts(MeterRegistry registry, String effect) {
        return Counter.builder("gamehall.reward.facts")
                .description("Facts handled; repeated ones changed nothing")
                .tag("fact", kind)
                .tag("effect", effect)
                .register(registry);
    }

    private Counter conflicts(MeterRegistry registry, String cause) {
        return Counter.builder("gamehall.reward.cas.conflicts")
                .description("Batches that lost against another writer; expected: 0")
                .tag("fact", kind)
                .tag("cause", cause)
                .register(registry);
    }

    public String kind() {
        return kind;
    }

    /** Why work waits at the moment, if it does. */
    public Optional<Wait> waits() {
        return Optional.ofNullable(wait);
    }

    /** What has not been handled yet. */
    public Backlog backlog() {
        return backlog;
    }

    /** A batch of so many records was polled. */
    public void polled(int records) {
        batchSize.record(records);
    }

    /** A transaction was committed. */
    public void recorded(Ledger.Entry<?> entry) {
        flows();
        var fresh = entry.effects().stream().filter(Effect::fresh).count();
        applied.increment(fresh);
        repeated.increment(entry.effects().size() - fresh);
        if (entry.rows() > 0) mergeRatio.record((double) fresh / entry.rows());
    }

    /** The effect of a fact can be seen, so long after the fact. */
    public void visible(long latencyMs) {
        visible.record(Math.max(0, latencyMs), TimeUnit.MILLISECONDS);
    }

    /** A record was set aside. */
    public void deadLetter(String origin, String cause) {
        deadLetters.increment();
        LOG.warnf("Set aside %s: %s", origin, cause);
    }

    void conflict(Conflict.Kind cause) {
        switch (cause) {
            case VERSION, KEY -> versionConflicts.increment();
            case LOCK -> lockConflicts.increment();
        }
    }

    /** A server is away; the same work will be tried again. */
    public void waiting(Throwable cause) {
        retries.increment();
        var before = wait;
        if (before == null) LOG.warnf("Facts of kind '%s' wait: %s", kind, cause);
        wait = new Wait(before == null ? Instant.now() : before.since(), String.valueOf(cause.getMessage()));
    }

    /** Work goes on. */
    public void flows() {
        if (wait == null) return;
        LOG.infof("Facts of kind '%s' flow again after %s", kind, Duration.between(wait.since(), Instant.now()));
        wait = null;
    }
}

package io.gamehall.activity.join;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** The figures of joins; each is explained in docs/metrics.md. */
@Singleton
public class JoinMeters {
    private final MeterRegistry registry;
    private final Map<String, Counter> joins = new ConcurrentHashMap<>();
    private final Timer latency;
    private final Counter shed;
    private final Counter relayed;
    private final Counter rebuilds;
    private final Counter lent;
    private final Counter dealt;
    private final Counter ledgerRows;
    private final Counter ledgerWrites;
    private final Counter deadLetters;
    private final AtomicLong outboxAgeMs = new AtomicLong();
    private final AtomicLong ledgerOldestMs = new AtomicLong();

    public JoinMeters(MeterRegistry registry) {
        this.registry = registry;
        this.latency = Timer.builder("gamehall.activity.join")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(registry);
        this.shed = registry.counter("gamehall.activity.shed");
        this.relayed = registry.counter("gamehall.activity.outbox.relayed");
        List.of("missing", "miscounted", "unrecorded").forEach(kind -> drift(kind, 0));
        this.rebuilds = registry.counter("gamehall.activity.rebuilds");
        this.lent = registry.counter("gamehall.activity.shards.lent");
        this.dealt = registry.counter("gamehall.activity.shards.dealt");
        this.ledgerRows = registry.counter("gamehall.activity.ledger.rows");
        this.ledgerWrites = registry.counter("gamehall.activity.ledger.writes");
        this.deadLetters = registry.counter("gamehall.activity.ledger.dead.letters");
        Gauge.builder("gamehall.activity.ledger.lag", ledgerOldestMs, JoinMeters::ageSeconds)
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("gamehall.activity.outbox.age", outboxAgeMs, age -> age.get() / 1000.0)
                .baseUnit("seconds")
                .register(registry);
    }

    private static double ageSeconds(AtomicLong sinceMs) {
        var since = sinceMs.get();
        return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() - since) / 1000.0;
    }

    /** A join was answered. */
    public void joined(String outcome, long startedNanos) {
        joins.computeIfAbsent(outcome, tag -> registry.counter("gamehall.activity.joins", "outcome", tag))
                .increment();
        latency.record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    }

    public void outboxAge(Duration oldest) {
        outboxAgeMs.set(oldest.toMillis());
    }

    public void relayed(int entries) {
        relayed.increment(entries);
    }

    /** A batch is being written whose oldest record is of that time; 0: no batch is. */
    public void ledgerBusySince(long oldestMs) {
        ledgerOldestMs.set(oldestMs);
    }

    /** A join was turned away at the door. */
    public void shed() {
        shed.increment();
    }

    /** Shows a number under {@code gamehall.activity.<name>}, for as long as its owner lives. */
    public <T> void watch(String name, T owner, ToDoubleFunction<T> number) {
        Gauge.builder("gamehall.activity." + name, owner, number).register(registry);
    }

    /** So many joins were told of differently by Redis and the ledger, and are told of alike now. */
    public void drift(String kind, long joins) {
        registry.counter("gamehall.activity.drift", "kind", kind).increment(joins);
    }

    public void rebuilt() {
        rebuilds.increment();
    }

    /** One shard has lent another that many joins. */
    public void lent(long joins) {
        lent.increment(joins);
    }

    /** A quota was dealt out to the shards of an activity. */
    public void dealt() {
        dealt.increment();
    }

    /** One statement has written that many joins, repeats included. */
    public void ledgerWritten(int rows) {
        ledgerWrites.increment();
        ledgerRows.increment(rows);
    }

    public void deadLetter() {
        deadLetters.increment();
    }
}

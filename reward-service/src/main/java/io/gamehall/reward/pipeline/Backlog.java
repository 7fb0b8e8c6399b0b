package io.gamehall.reward.pipeline;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What of one kind's facts this process has not handled yet, for the metrics: records of its partitions whose offsets
 * are not committed, and the age of the oldest record in work. Safe for any thread.
 */
public final class Backlog {
    private final Map<Work, Long> oldestMs = new ConcurrentHashMap<>();
    private volatile String topic = "";
    private volatile long records;

    Backlog(String kind, MeterRegistry registry) {
        Gauge.builder("gamehall.reward.lag.records", this, backlog -> backlog.records)
                .description("Records of this process' partitions whose offsets are not committed yet")
                .tag("fact", kind)
                .register(registry);
        Gauge.builder("gamehall.reward.lag", this, backlog -> backlog.ageMs() / 1_000.0)
                .description("Age of the oldest record in work, by its Kafka timestamp; 0 while nothing is")
                .baseUnit("seconds")
                .tag("fact", kind)
                .register(registry);
    }

    /** A batch in work. Compared by identity. */
    public static final class Work {
        private Work() {}
    }

    /** A batch is taken up; its oldest record has this Kafka timestamp, milliseconds since 1970. */
    public Work begin(long oldestRecordMs) {
        var work = new Work();
        oldestMs.put(work, oldestRecordMs);
        return work;
    }

    /** A batch is through. */
    public void end(Work work) {
        oldestMs.remove(work);
    }

    /** The kind's records come out of this topic. */
    public void comesFrom(String name) {
        topic = name;
    }

    /** The topic of the last batch; empty before the first. */
    public String topic() {
        return topic;
    }

    /** So many records of this process' partitions are not committed. */
    public void measured(long uncommitted) {
        records = uncommitted;
    }

    private long ageMs() {
        var oldest = oldestMs.values().stream().mapToLong(Long::longValue).min();
        return Math.max(0, System.currentTimeMillis() - oldest.orElse(Long.MAX_VALUE));
    }
}

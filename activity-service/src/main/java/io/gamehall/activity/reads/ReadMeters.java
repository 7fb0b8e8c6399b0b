package io.gamehall.activity.reads;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Who answers what is read: docs/metrics.md explains it. Safe for any thread. */
@Singleton
public class ReadMeters {
    /** What is read. */
    public enum Read {
        ACTIVITY,
        LIST,
        JOINS,
        STATISTICS,
        /** By this process itself, to keep its activities fresh. */
        REFRESH
    }

    /** The farthest that had to be asked. */
    public enum Source {
        CACHE,
        REDIS,
        DATABASE
    }

    private final Map<Read, Map<Source, Counter>> counters = new EnumMap<>(Read.class);

    public ReadMeters(MeterRegistry registry) {
        for (var read : Read.values()) {
            var sources = new EnumMap<Source, Counter>(Source.class);
            for (var source : Source.values()) {
                sources.put(
                        source,
                        registry.counter("gamehall.activity.reads", "read", word(read), "source", word(source)));
            }
            counters.put(read, sources);
        }
    }

    public void answered(Read read, Source source) {
        counters.get(read).get(source).increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

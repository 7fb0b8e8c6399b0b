package io.gamehall.hallctl.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The figures of a run by the keys of their JSON, in the order they were measured. Confined to one thread. */
final class Figures {
    private static final double WHOLE_FROM = 1_000;
    private static final double MICROS = 1_000;
    private static final double CPU_MICROS_MIN = 0.05;

    private final Map<String, Double> values = new LinkedHashMap<>();

    Figures with(String key, double value) {
        values.put(key, value);
        return this;
    }

    /** Adds {@code cpu_us_per_op_<process>}: what each process has used for one operation. */
    Figures withCpu(Map<String, Duration> used, double operations) {
        if (operations <= 0) return this;
        used.forEach((process, time) -> {
            double micros = time.toNanos() / MICROS / operations;
            if (micros >= CPU_MICROS_MIN) with("cpu_us_per_op_" + process, Math.round(micros * 10) / 10.0);
        });
        return this;
    }

    /** @throws IllegalArgumentException if it was not measured */
    double get(String key) {
        var value = values.get(key);
        if (value == null) throw new IllegalArgumentException("No figure '" + key + "'");
        return value;
    }

    /** What was measured, else another value. */
    double or(String key, double other) {
        return values.getOrDefault(key, other);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Map<String, Double> values() {
        return new LinkedHashMap<>(values);
    }

    /**
     * Several runs in one: the median of each figure.
     *
     * @param faults keys of which the highest value counts: one bad run is not outvoted by good ones
     * @param promises keys of which the lowest value counts
     */
    static Figures summary(List<Figures> runs, Set<String> faults, Set<String> promises) {
        var summary = new Figures();
        for (var key : runs.getFirst().values.keySet()) {
            var sorted = runs.stream()
                    .filter(run -> run.has(key))
                    .mapToDouble(run -> run.get(key))
                    .sorted()
                    .toArray();
            summary.with(
                    key,
                    faults.contains(key)
                            ? sorted[sorted.length - 1]
                            : promises.contains(key) ? sorted[0] : median(sorted));
        }
        return summary;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@code ops_per_s 16,234  p50_ms 3.21}. */
    String line() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                .collect(Collectors.joining("  "));
    }

    /** As people read it: whole from 1,000 on, else with the decimals that it has, two at most. */
    static String text(double value) {
        if (Math.abs(value) >= WHOLE_FROM || value == Math.rint(value))
            return String.format(Locale.ROOT, "%,.0f", value);
        return String.format(Locale.ROOT, "%.2f", value);
    }
}

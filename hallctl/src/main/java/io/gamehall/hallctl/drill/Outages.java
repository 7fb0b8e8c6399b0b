package io.gamehall.hallctl.drill;

import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** How long partitions answered nobody, or clients were answered by nobody, from the instants of their answers. */
final class Outages {
    private static final double NANOS_PER_MS = 1_000_000;

    private final Map<Integer, long[]> answers = new HashMap<>();

    /** @param partition of a room */
    Outages(List<Call> calls, ToIntFunction<String> partition) {
        this(calls.stream()
                .filter(call -> !call.room().isEmpty())
                .collect(Collectors.groupingBy(call -> partition.applyAsInt(call.room()))));
    }

    private Outages(Map<Integer, List<Call>> calls) {
        calls.forEach((key, some) -> answers.put(
                key,
                some.stream()
                        .filter(call -> call.outcome() != Outcome.FAILED)
                        .mapToLong(call -> call.span().endNanos())
                        .sorted()
                        .toArray()));
    }

    /** Of clients instead of partitions, by their places in the list. */
    static Outages ofClients(List<Call> calls, List<Long> players) {
        return new Outages(calls.stream()
                .filter(call -> players.contains(call.player()))
                .collect(Collectors.groupingBy(call -> players.indexOf(call.player()))));
    }

    /**
     * The longest time without an answer within a window, of each partition.
     *
     * @param fromNanos {@link System#nanoTime()}: what began before counts from here on
     * @param toNanos what ends later, or never, counts up to here
     * @return milliseconds by partition
     */
    Map<Integer, Double> longest(Collection<Integer> partitions, long fromNanos, long toNanos) {
        var longest = new TreeMap<Integer, Double>();
        for (var partition : partitions) {
            long most = 0;
            long last = fromNanos;
            for (long answer : answers.getOrDefault(partition, new long[0])) {
                if (answer < fromNanos || answer > toNanos) continue;
                most = Math.max(most, answer - last);
                last = answer;
            }
            longest.put(partition, Math.max(most, toNanos - last) / NANOS_PER_MS);
        }
        return longest;
    }

    static double max(Map<Integer, Double> ms) {
        return ms.values().stream().mapToDouble(it -> it).max().orElse(0);
    }

    static double median(Map<Integer, Double> ms) {
        var sorted = ms.values().stream().mapToDouble(it -> it).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}

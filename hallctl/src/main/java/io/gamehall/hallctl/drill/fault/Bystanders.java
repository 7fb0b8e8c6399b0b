package io.gamehall.hallctl.drill.fault;

import com.sun.management.OperatingSystemMXBean;
import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.Outcome;
import io.gamehall.hallctl.drill.load.Load;
import io.gamehall.hallctl.load.CpuUse;
import io.gamehall.hallctl.load.Latencies;
import io.gamehall.hallctl.load.Visitors;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Those whom a flood is not to hurt: the players of the gateway, and those who join an activity. Confined to the drill's
 * thread.
 *
 * @param cpu what the processes have used until now
 */
record Bystanders(Load load, Visitors visitors, Supplier<CpuUse> cpu) {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * To be read some time later: what began in the time may still be on its way.
     *
     * @param used processor time by process
     * @param busyPercent of all processors, whoever used them; negative: the system does not tell
     */
    record Seen(
            Load load, long fromNanos, long toNanos, Latencies visits, Map<String, Duration> used, long busyPercent) {
        /** Calls that began in the time and are over; a call is all of its tries. */
        List<Call> calls() {
            return load.history().snapshot().stream()
                    .filter(call -> call.span().startNanos() >= fromNanos)
                    .filter(call -> call.span().startNanos() < toNanos)
                    .toList();
        }

        Latencies latencies() {
            var latencies = new Latencies();
            calls().forEach(call ->
                    latencies.record(call.span().endNanos() - call.span().startNanos()));
            return latencies;
        }

        double callsPerSecond() {
            return calls().size() * 1e9 / (toNanos - fromNanos);
        }

        /** Of the average player. */
        double callsPerSecondEach() {
            return callsPerSecond()
                    / Math.max(
                            1,
                            calls().stream().mapToLong(Call::player).distinct().count());
        }

        long neverAnswered() {
            return calls().stream()
                    .filter(call -> call.outcome() == Outcome.FAILED)
                    .count();
        }

        /** Of one processor, by process. */
        Map<String, Long> cpuPercent() {
            return used.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            process -> Math.round(100.0 * process.getValue().toNanos() / (toNanos - fromNanos)),
                            Long::sum,
                            java.util.TreeMap::new));
        }

        long allCpuPercent() {
            return cpuPercent().values().stream().mapToLong(Long::longValue).sum();
        }

        /** For people: how they fare, and what takes the processors. */
        String told() {
            return "%.0f calls/s, p99 %.0f ms, of the activity %.0f ms; the machine is busy %d %%, of a processor %d %% %s"
                    .formatted(
                            callsPerSecond(),
                            latencies().percentileMs(99),
                            visits.percentileMs(99),
                            busyPercent,
                            allCpuPercent(),
                            cpuPercent());
        }
    }

    /** Looks on for a while. @param visits times as many visitors as usual */
    Seen watch(Duration time, int visits) throws InterruptedException {
        var latencies = visitors.measure(visits);
        var before = cpu.get();
        // It tells of the time since it was asked last.
        SYSTEM.getCpuLoad();
        long from = System.nanoTime();
        Thread.sleep(time);
        long to = System.nanoTime();
        long busy = Math.round(100 * SYSTEM.getCpuLoad());
        var used = cpu.get().since(before);
        visitors.measure(visits);
        return new Seen(load, from, to, latencies, used, busy);
    }

    Seen watch(Duration time) throws InterruptedException {
        return watch(time, 1);
    }
}

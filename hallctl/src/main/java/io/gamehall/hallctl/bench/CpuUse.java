package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.state.HallState;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time that each process of a hall, and this one, has used: on one machine it tells where the time goes.
 *
 * @param used by process name; processes that the system tells nothing of are missing
 */
record CpuUse(Map<String, Duration> used) {
    private static final double MICROS = 1_000;

    static CpuUse now(HallState state) {
        var used = new TreeMap<String, Duration>();
        for (var running : state.processes()) {
            running.process()
                    .id()
                    .handle()
                    .flatMap(handle -> handle.info().totalCpuDuration())
                    .ifPresent(total -> used.put(running.name().toLowerCase(java.util.Locale.ROOT), total));
        }
        ProcessHandle.current().info().totalCpuDuration().ifPresent(total -> used.put("load", total));
        return new CpuUse(used);
    }

    /** Adds {@code cpu_us_per_op_<process>}: what each has used since, by the operations made since. */
    void since(CpuUse before, double operations, Figures figures) {
        used.forEach((name, total) -> {
            var earlier = before.used.get(name);
            if (earlier == null || operations <= 0) return;
            double micros = total.minus(earlier).toNanos() / MICROS / operations;
            if (micros >= 0.05) figures.with("cpu_us_per_op_" + name, Math.round(micros * 10) / 10.0);
        });
    }
}

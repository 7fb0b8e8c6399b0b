package io.gamehall.hallctl.load;

import io.gamehall.hallctl.state.HallState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time that each process of a hall, and this one, has used: on one machine it tells where the time goes.
 *
 * @param used by process name, this one's is {@code load}; processes that the system tells nothing of are missing
 */
public record CpuUse(Map<String, Duration> used) {
    public static CpuUse now(HallState state) {
        var used = new TreeMap<String, Duration>();
        for (var running : state.processes()) {
            running.process()
                    .id()
                    .handle()
                    .flatMap(handle -> handle.info().totalCpuDuration())
                    .ifPresent(total -> used.put(running.name().toLowerCase(Locale.ROOT), total));
        }
        ProcessHandle.current().info().totalCpuDuration().ifPresent(total -> used.put("load", total));
        return new CpuUse(used);
    }

    /** With a further process. */
    public CpuUse and(String name, ProcessHandle process) {
        var all = new TreeMap<>(used);
        process.info().totalCpuDuration().ifPresent(total -> all.put(name, total));
        return new CpuUse(all);
    }

    /** What each process has used since then. */
    public Map<String, Duration> since(CpuUse before) {
        var since = new TreeMap<String, Duration>();
        used.forEach((name, total) -> {
            var earlier = before.used.get(name);
            if (earlier != null) since.put(name, total.minus(earlier));
        });
        return since;
    }
}

package io.gamehall.hallctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long a process has lived. The JDK tells its start to a second only; Linux tells it to a hundredth. Elsewhere the
 * age counts from when it was first seen.
 */
final class ProcessAge {
    private static final Path PROC = Path.of("/proc");
    /** What the kernel tells user programs, whatever it ticks in itself. */
    private static final long TICKS_PER_SECOND = 100;

    private static final int START_TICKS_AFTER_NAME = 19;
    private static final double MS_PER_SECOND = 1_000;

    private final long startedNanos;

    private ProcessAge(long startedNanos) {
        this.startedNanos = startedNanos;
    }

    /** Of a process that was seen just now. */
    static ProcessAge of(long pid) {
        long now = System.nanoTime();
        try {
            var uptime = Files.readString(PROC.resolve("uptime"));
            var stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            return new ProcessAge(now - Duration.ofMillis(ageMs(uptime, stat)).toNanos());
        } catch (IOException noLinux) {
            return new ProcessAge(now);
        }
    }

    /** @param uptime {@code /proc/uptime} @param stat {@code /proc/<pid>/stat} */
    static long ageMs(String uptime, String stat) {
        double upMs = Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * MS_PER_SECOND;
        // The name, in brackets, may hold blanks and brackets.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double startMs = Long.parseLong(fields[START_TICKS_AFTER_NAME]) * MS_PER_SECOND / TICKS_PER_SECOND;
        return Math.max(0, Math.round(upMs - startMs));
    }

    long millis() {
        return Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
    }
}

package io.gamehall.hallctl.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One process for certain: its pid and the instant it started. A pid alone may by now belong to a stranger, so nothing
 * is ever signalled before the start instant was compared.
 *
 * @param pid the operating system's number
 * @param startedAt as the operating system tells it; good to about a second
 */
public record ProcessId(long pid, Instant startedAt) {
    /** The system's idea of the boot instant, from which start instants are computed, may shift a little. */
    private static final Duration START_DRIFT_MAX = Duration.ofSeconds(2);

    /** The running process of this handle; its start instant is the present where the system does not tell one. */
    public static ProcessId of(ProcessHandle handle) {
        return new ProcessId(handle.pid(), handle.info().startInstant().orElseGet(Instant::now));
    }

    /** The live process that this names; empty if it has ended, is a zombie, or its pid was given to another. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(found -> found.info()
                        .startInstant()
                        .map(start -> Duration.between(start, startedAt).abs().compareTo(START_DRIFT_MAX) <= 0)
                        .orElse(false))
                .filter(found -> !isZombie());
    }

    public boolean isAlive() {
        return handle().isPresent();
    }

    /** Resident memory in MiB; empty where the system does not tell it. */
    public Optional<Long> rssMib() {
        return status("VmRSS:").or(this::rssMibOfPs);
    }

    /** The most resident memory since the start, or since {@link #forgetPeak()}, in MiB; empty but on Linux. */
    public Optional<Long> peakRssMib() {
        return status("VmHWM:");
    }

    /** {@link #peakRssMib()} counts from now on, where the system allows it. */
    public void forgetPeak() {
        try {
            Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5", StandardOpenOption.WRITE);
        } catch (IOException notAllowed) {
            // Then the peak is the one since the start.
        }
    }

    private Optional<Long> status(String field) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith(field)) return Optional.of(Long.parseLong(line.replaceAll("\\D", "")) / 1024);
            }
        } catch (IOException notLinux) {
            // Others have no such file.
        }
        return Optional.empty();
    }

    private Optional<Long> rssMibOfPs() {
        try {
            var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            var text = new String(ps.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text) / 1024);
        } catch (IOException | NumberFormatException unknown) {
            return Optional.empty();
        }
    }

    /** In containers whose first process does not reap, a killed orphan stays listed for ever. */
    private boolean isZombie() {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            var afterName = stat.substring(stat.lastIndexOf(')') + 1).strip();
            return afterName.startsWith("Z");
        } catch (IOException notLinuxOrGone) {
            return false;
        }
    }
}

package io.gamehall.hallctl.command;

import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.servers.Probes;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import io.gamehall.hallctl.state.HallState.Phase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code status}: a line for each process. */
@Command(name = "status", description = "What runs, and how it does. Exit code 0 only if everything runs.")
public final class StatusCommand implements Callable<Integer> {
    private static final String ROW = "%-26s %8s  %-22s %-10s %8s  %s%n";

    @Mixin
    private HallOption hall;

    @Override
    public Integer call() {
        var directory = hall.directory();
        var found = HallState.read(directory);
        if (found.isEmpty()) {
            System.out.println("No hall ran in " + directory.root() + " yet. Start one with ./hall up.");
            return 1;
        }
        var state = found.get();
        var credentials = new Credentials(directory.keys());
        boolean supervised = state.supervisorLives();
        boolean anyLives = state.processes().stream()
                .anyMatch(running -> running.process().id().isAlive());
        if (!supervised && !anyLives) {
            System.out.println("No hall runs in " + directory.root() + ". Start it with ./hall up.");
            return 1;
        }
        System.out.printf(ROW, "NAME", "PID", "ADDRESS", "STATE", "RSS MiB", "UP");
        var supervisor = state.supervisor().id();
        row(
                "hall (supervisor)",
                supervisor,
                "-",
                supervised ? state.phase().name().toLowerCase(Locale.ROOT) : "dead");
        boolean allWell = supervised && state.phase() == Phase.READY;
        for (var running : state.processes()) {
            allWell &= tell(running, credentials);
        }
        if (!supervised) {
            System.out.println("The supervisor is dead: clean up with ./hall down, or start again with ./hall up.");
        }
        return allWell ? 0 : 1;
    }

    private static boolean tell(HallState.Running running, Credentials credentials) {
        var process = running.process().id();
        boolean alive = process.isAlive();
        boolean healthy =
                alive && Probes.of(URI.create(running.health()), credentials).isReady();
        row(running.name(), process, running.address(), healthy ? "healthy" : alive ? "unhealthy" : "dead");
        return healthy;
    }

    private static void row(String name, ProcessId process, String address, String state) {
        boolean alive = process.isAlive();
        var rss = alive ? process.rssMib().map(Object::toString).orElse("?") : "-";
        var up = alive ? uptime(Duration.between(process.startedAt(), Instant.now())) : "-";
        System.out.printf(ROW, name, process.pid(), address, state, rss, up);
    }

    private static String uptime(Duration up) {
        return up.toHours() > 0
                ? up.toHours() + "h" + up.toMinutesPart() + "m"
                : up.toMinutes() > 0 ? up.toMinutes() + "m" + up.toSecondsPart() + "s" : up.toSeconds() + "s";
    }
}

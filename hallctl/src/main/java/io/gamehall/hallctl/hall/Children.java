package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.process.PidFile;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.process.Stopper;
import io.gamehall.hallctl.state.HallDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes that a supervisor owns. Once they are being stopped no further one starts, whatever thread asks. Thread
 * safe.
 */
public final class Children {
    private static final Duration SERVICE_GRACE = Duration.ofSeconds(15);
    private static final Duration SERVER_GRACE = Duration.ofSeconds(20);
    /** Servers stop last and start first. */
    public static final int SERVER_TIER = -1;

    private final List<Child> children = new ArrayList<>();
    private boolean stopping;

    private record Child(int tier, ChildProcess process) {}

    /** No more processes may start: the hall is being stopped. */
    public static final class Stopping extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopping() {
            super("The hall is being stopped.");
        }
    }

    /**
     * Starts a process.
     *
     * @param tier those of a higher tier are stopped before those of a lower one
     */
    public synchronized ChildProcess start(int tier, ChildProcess.Spec spec) throws IOException {
        if (stopping) {
            throw new Stopping();
        }
        var child = ChildProcess.start(spec);
        children.add(new Child(tier, child));
        return child;
    }

    /** Whether a process of that name has been started and not been told to have ended. */
    public synchronized boolean has(String name) {
        return children.stream().anyMatch(child -> child.process().name().equals(name));
    }

    /** Those that ended by themselves; each is told once. */
    public synchronized List<ChildProcess> newlyDead() {
        var dead = children.stream().filter(child -> !child.process().isAlive()).toList();
        children.removeAll(dead);
        return stopping ? List.of() : dead.stream().map(Child::process).toList();
    }

    /** Stops all, the highest tier first, and returns when all have ended. A second caller waits for the first. */
    public synchronized void stop() {
        stopping = true;
        var tiers =
                children.stream().map(Child::tier).distinct().sorted().toList().reversed();
        for (int tier : tiers) {
            var members = children.stream()
                    .filter(child -> child.tier() == tier)
                    .map(Child::process)
                    .toList();
            Stopper.stop(
                    members.stream().map(ChildProcess::id).toList(),
                    tier == SERVER_TIER ? SERVER_GRACE : SERVICE_GRACE);
            members.forEach(member -> member.stop(Duration.ZERO));
        }
        children.clear();
    }

    /**
     * Ends what an earlier supervisor left behind when it was killed, by its pid files: services first.
     *
     * @return names of the processes that still lived
     */
    public static List<String> cleanUp(HallDirectory directory) {
        var files = PidFile.in(directory.run());
        var alive = files.stream().filter(file -> file.alive().isPresent()).toList();
        var servers = List.of("kafka", "redis", "mariadb");
        stopAll(alive.stream().filter(file -> !servers.contains(file.name())).toList(), SERVICE_GRACE);
        stopAll(alive.stream().filter(file -> servers.contains(file.name())).toList(), SERVER_GRACE);
        files.forEach(PidFile::delete);
        return alive.stream().map(PidFile::name).toList();
    }

    private static void stopAll(List<PidFile> files, Duration grace) {
        List<ProcessId> ids =
                files.stream().map(PidFile::read).flatMap(Optional::stream).toList();
        Stopper.stop(ids, grace);
    }
}

package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.process.LogFile;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.process.Stopper;
import io.gamehall.hallctl.servers.Launch;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallDirectory;
import io.gamehall.hallctl.state.HallState;
import io.gamehall.hallctl.state.HallState.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a hall: starts everything in order, watches it, and stops it in reverse order when it is told to (SIGTERM,
 * SIGINT, SIGHUP). A process that dies is reported and left dead; the rest goes on.
 */
public final class Supervisor {
    private static final long WATCH_MS = 300;

    private final Launch launch;
    private final HallOptions options;
    private final Optional<ProcessId> user;
    private final Progress progress;
    private final boolean followLogs;
    private final Children children = new Children();
    private final Restarts restarts;
    private final Map<String, LogFile> followed = new LinkedHashMap<>();
    private volatile Ledger ledger;
    private volatile boolean stopping;

    /**
     * @param user the process for whose sake the hall runs: it stops when that has ended
     * @param followLogs whether to print what the services log once all is ready
     */
    public Supervisor(
            Launch launch, HallOptions options, Optional<ProcessId> user, Progress progress, boolean followLogs) {
        this.launch = launch;
        this.options = options;
        this.user = user;
        this.progress = progress;
        this.followLogs = followLogs;
        this.restarts = new Restarts(launch.directory(), children, progress);
    }

    /**
     * Starts the hall and stays until it is stopped.
     *
     * @return the exit code: 0 when it was stopped on request, 1 when it could not start
     */
    public int run() {
        var directory = launch.directory();
        var lock = directory.tryLock();
        if (lock.isEmpty()) {
            progress.say(alreadyRuns(directory));
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "hall-stop"));
        try {
            var start = Instant.now();
            start();
            var took = Duration.between(start, Instant.now());
            Report.ready(ledger.state(), directory, took).forEach(progress::say);
            watch();
            return 0;
        } catch (Exception e) {
            if (!stopping) {
                fail(e);
            }
            return stopping ? 0 : 1;
        }
    }

    /** What to tell somebody who starts a hall where one runs. */
    public static String alreadyRuns(HallDirectory directory) {
        var pid = HallState.read(directory)
                .map(state -> " (pid " + state.supervisor().pid() + ", "
                        + state.phase().name().toLowerCase(java.util.Locale.ROOT) + ")")
                .orElse("");
        return "A hall already runs in " + directory.root() + pid
                + ". See it with `hall status`, stop it with `hall down`,"
                + " or start another one with --data DIR and other ports.";
    }

    private void start() throws Exception {
        var directory = launch.directory();
        var left = Children.cleanUp(directory);
        if (!left.isEmpty()) {
            progress.say("  Stopped what an earlier hall left behind: " + String.join(", ", left));
        }
        new Users(directory).register(user);
        ServiceStart.check(launch, options);
        var previous = HallState.read(directory);
        var plan = new PortPlan(options, previous);
        var servers = plan.servers();
        var cells = plan.cells();
        Files.createDirectories(directory.logs());
        var credentials = new Credentials(directory.keys());
        credentials.prepare();
        credentials.writeAdminToken(cells.getFirst().name());
        var self = HallState.Proc.of(ProcessId.of(ProcessHandle.current()));
        ledger = new Ledger(
                directory,
                new HallState(Phase.STARTING, "", self, directory.keys().toString(), servers, cells, List.of()));
        new ServerStart(launch, credentials, children, ledger, progress, restarts).run();
        DevEnv.write(directory, new Environment(ledger.state(), credentials, options.roomsPerGame()));
        new ServiceStart(launch, credentials, children, ledger, progress, options, restarts).run();
        ledger.phase(Phase.READY);
    }

    /** Progress tells here what is being done. */
    public void onStep(String step) {
        var current = ledger;
        if (current != null && !stopping) {
            current.step(step);
        }
    }

    private void watch() {
        var users = new Users(launch.directory());
        if (followLogs) {
            ledger.state().processes().stream()
                    .filter(running -> running.health().startsWith("http"))
                    .forEach(running -> followed.put(running.name(), new LogFile(Path.of(running.log()))));
        }
        while (!stopping) {
            children.newlyDead().forEach(this::tellDeath);
            restarts.doWhatIsAsked();
            followed.forEach((name, log) -> log.newLines().forEach(line -> progress.say(name + " | " + line)));
            if (users.allGone(ledger)) {
                progress.say("Nobody uses this hall any more.");
                stop();
                return;
            }
            Stopper.pause(WATCH_MS);
        }
    }

    private void tellDeath(ChildProcess child) {
        progress.say(child.name() + " ended with exit code " + child.exitCode() + ". The rest goes on. "
                + child.lastLines());
        launch.directory().pidFile(child.name()).delete();
    }

    private void fail(Exception e) {
        progress.say("");
        progress.say("The hall could not start: " + (e.getMessage() == null ? e : e.getMessage()));
        if (Boolean.getBoolean("hall.debug")) {
            e.printStackTrace();
        }
        children.stop();
        if (ledger != null) {
            ledger.phase(Phase.FAILED);
        }
    }

    private synchronized void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        var start = Instant.now();
        progress.say("Stopping everything, services first. Please wait.");
        if (ledger != null) {
            ledger.phase(Phase.STOPPING);
        }
        children.stop();
        if (ledger != null) {
            ledger.phase(Phase.STOPPED);
        }
        progress.say("Stopped in " + Progress.seconds(Duration.between(start, Instant.now())) + ".");
        progress.close();
    }

    /** Also runs when {@link #run()} has returned: then there is nothing left to stop. */
    private void onSignal() {
        if (ledger == null || ledger.state().phase() == Phase.FAILED || stopping) {
            return;
        }
        stop();
        Runtime.getRuntime().halt(0);
    }
}

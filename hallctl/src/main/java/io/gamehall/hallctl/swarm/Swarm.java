package io.gamehall.hallctl.swarm;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A run: lets the players loose, shows what they do, waits for all of them, and reports. */
final class Swarm {
    /** Stragglers' rewards, scores and last calls: beyond this after the end, a player hangs. */
    private static final Duration FINISH_MAX = Duration.ofSeconds(60);

    private static final Duration INTERRUPTED_MAX = Duration.ofSeconds(5);

    private final World world;
    private final PrintStream out;
    private final LiveLine live;

    /** @param terminal whether a line that moves may be drawn */
    Swarm(SwarmPlan plan, PrintStream out, boolean terminal) {
        this.world = new World(plan, Instant.now());
        this.out = out;
        this.live = new LiveLine(world, out, terminal);
    }

    /** Blocks until all players are done; prints the report. */
    SwarmReport run() throws InterruptedException {
        var run = Long.toString(System.currentTimeMillis(), 36)
                + Long.toString(ProcessHandle.current().pid() % 1296, 36);
        var players = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("player-", 0).factory());
        for (int number = 0; number < world.plan().players(); number++) {
            players.execute(new Player(world, run, number));
        }
        players.shutdown();
        while (!players.awaitTermination(1, TimeUnit.SECONDS)) {
            live.tick();
            if (Instant.now().isAfter(world.end().plus(FINISH_MAX))) {
                players.shutdownNow();
                players.awaitTermination(INTERRUPTED_MAX.toSeconds(), TimeUnit.SECONDS);
                break;
            }
        }
        live.clear();
        world.close();
        var report = SwarmReport.of(world.plan().players(), world.tally());
        ReportTable.lines(report, world.tally()).forEach(out::println);
        out.flush();
        return report;
    }

    /** The players finish now, as they would at the end. Any thread. */
    void endNow() {
        world.endNow();
    }
}

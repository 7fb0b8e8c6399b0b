package io.gamehall.hallctl.swarm;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is going on, while it goes on: once a second on one line of a terminal, every 5 s as a line elsewhere. */
final class LiveLine {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final int LINE_EVERY = 5;

    private final World world;
    private final PrintStream out;
    private final boolean terminal;
    private Instant lastAt;
    private long lastCalls;
    private int ticks;

    LiveLine(World world, PrintStream out, boolean terminal) {
        this.world = world;
        this.out = out;
        this.terminal = terminal;
        this.lastAt = world.start();
    }

    /** To be called once a second, from one thread. */
    void tick() {
        ticks++;
        if (terminal) {
            out.print(CLEAR_LINE + line());
            out.flush();
        } else if (ticks % LINE_EVERY == 0) {
            out.println(line());
            out.flush();
        }
    }

    void clear() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private String line() {
        var now = Instant.now();
        long calls = world.tally().callCount();
        double seconds = Math.max(0.001, Duration.between(lastAt, now).toMillis() / 1000.0);
        double rate = (calls - lastCalls) / seconds;
        lastAt = now;
        lastCalls = calls;
        var stages = Arrays.stream(Stage.values())
                .filter(stage -> world.tally().at(stage) > 0)
                .map(stage -> stage.label() + " " + world.tally().at(stage))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "  %3d s  %s | %d rounds | %.0f calls/s | %d errors",
                Duration.between(world.start(), now).toSeconds(),
                stages,
                world.tally().roundsSettled(),
                rate,
                world.tally().faults.count());
    }
}

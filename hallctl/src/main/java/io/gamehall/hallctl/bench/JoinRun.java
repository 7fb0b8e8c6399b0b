package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.load.Activities;
import io.gamehall.hallctl.load.CpuUse;
import io.gamehall.hallctl.load.HttpLines;
import io.gamehall.hallctl.load.HttpLoad;
import io.gamehall.hallctl.load.HttpTally;
import io.gamehall.hallctl.process.Stopper;
import io.gamehall.hallctl.state.HallState;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** Runs of {@code bench joins}, each with an activity of its own that all players join. Confined to one thread. */
final class JoinRun {
    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final double FASTER = 1.05;
    private static final int WARM_UP_MAX = 5;
    private static final Duration READS = Duration.ofSeconds(2);
    private static final int READS_MAX = 1_000;
    private static final Duration LEDGER_MAX = Duration.ofSeconds(60);
    private static final long LOOK_MS = 250;
    private static final String STATEMENTS = "Questions";
    private static final String READING = "Com_select";

    private final HallState hall;
    private final Activities activities;
    private final List<byte[]> tokens;
    private final OptionalInt shards;
    private final PrintStream out;
    private final String name =
            "bench-" + Integer.toString(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE), 36) + "-";
    private int made;

    JoinRun(HallState hall, Activities activities, List<byte[]> tokens, OptionalInt shards, PrintStream out) {
        this.hall = hall;
        this.activities = activities;
        this.tokens = tokens;
        this.shards = shards;
        this.out = out;
    }

    /**
     * Everybody joins one activity after the other, until that has lasted as long and a window is hardly faster than the
     * one before: the compilers are done then. Not longer than {@value #WARM_UP_MAX} times that.
     */
    Figures warmUp(HttpLines lines, Duration lasts) throws Exception {
        long started = System.nanoTime();
        double rate = 0;
        while (true) {
            var window = measure(lines, WINDOW, 0, "warm-up");
            double before = rate;
            rate = window.get("joins_per_s");
            var lasted = Duration.ofNanos(System.nanoTime() - started);
            boolean steady = lasted.compareTo(lasts) >= 0 && rate < before * FASTER;
            if (steady || lasted.compareTo(lasts.multipliedBy(WARM_UP_MAX)) >= 0) return window;
        }
    }

    /** @param rate joins per second; 0: as fast as they are answered */
    Figures measure(HttpLines lines, Duration lasts, int rate, String title) throws Exception {
        var activity = create();
        long statements = activities.database().status(STATEMENTS);
        long started = System.nanoTime();
        var before = CpuUse.now(hall);
        var tally = run(lines, List.of(activity), lasts, rate, title);
        var after = CpuUse.now(hall);
        var figures = new Figures()
                .with("joins_per_s", Math.rint(tally.perSecond()))
                .with("p50_ms", tally.latencies().percentileMs(50))
                .with("p99_ms", tally.latencies().percentileMs(99))
                .with("errors", tally.others() + tally.unsent());
        ledger(figures, List.of(activity), tally, statements, started);
        reads(figures, lines, activity);
        return figures.withCpu(after.since(before), tally.granted());
    }

    /**
     * More than the service can take: who is let in, is let in soon, and the others are told at once. When everybody has
     * joined an activity, the next one follows.
     *
     * @param limit of a run as fast as joins were answered
     */
    Figures overload(HttpLines lines, Duration lasts, int offered, Figures limit, String title) throws Exception {
        var wave = new ArrayList<String>();
        for (long asked = 0; asked < offered * (lasts.toSeconds() + 1); asked += tokens.size()) wave.add(create());
        long statements = activities.database().status(STATEMENTS);
        long started = System.nanoTime();
        var tally = run(lines, wave, lasts, offered, title);
        long shed = tally.count(TOO_MANY, UNAVAILABLE);
        long other = tally.others() - shed;
        var figures = new Figures()
                .with("joins_per_s", Math.rint(tally.perSecond()))
                .with("of_limit", tally.perSecond() / limit.get("joins_per_s"))
                .with("p50_ms", tally.latencies().percentileMs(50))
                .with("p99_ms", tally.latencies().percentileMs(99))
                .with("shed_per_s", Math.rint(shed / tally.seconds()))
                .with("shed_p50_ms", tally.refusals().percentileMs(50))
                .with("shed_p99_ms", tally.refusals().percentileMs(99))
                .with("unsent_per_s", Math.rint(tally.unsent() / tally.seconds()))
                .with("errors", other);
        ledger(figures, wave, tally, statements, started);
        return figures;
    }

    private String create() throws IOException, InterruptedException {
        var activity = name + ++made;
        activities.create(activity, tokens.size(), shards);
        return activity;
    }

    private HttpTally run(HttpLines lines, List<String> wave, Duration lasts, int rate, String title)
            throws InterruptedException {
        var paths = wave.stream().map(Activities::joinPath).toList();
        var load = new HttpLoad(lines, new HttpLoad.Ask("POST", paths, tokens, CREATED));
        try (var _ = new Ticker(out, title, load::count)) {
            var tally = rate > 0 ? load.runPaced(lasts, rate) : load.runClosed(lasts);
            tally.details().forEach((what, detail) -> out.println("             " + what + ": " + detail));
            return tally;
        }
    }

    /**
     * Waits until every join that was granted stands in the ledger. Those whose answer was lost, or that were put off when
     * they had been decided, may stand there beside them; nothing else.
     *
     * @param statements of the database, by its own count, before the run
     */
    private void ledger(Figures figures, List<String> wave, HttpTally tally, long statements, long startedNanos)
            throws SQLException {
        long granted = tally.granted();
        long answered = System.nanoTime();
        long until = answered + LEDGER_MAX.toNanos();
        long looks = 1;
        long rows = rows(wave);
        looks += wave.size();
        while (rows < granted && System.nanoTime() < until) {
            Stopper.pause(LOOK_MS);
            rows = rows(wave);
            looks += wave.size();
        }
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        figures.with("accepted", granted)
                .with("ledger_rows", rows)
                .with("ledger_missing", Math.max(0, granted - rows))
                .with("ledger_extra", Math.max(0, rows - granted - tally.others()))
                .with("ledger_lag_ms", Math.rint((System.nanoTime() - answered) / 1e6))
                .with("db_statements_per_s", (activities.database().status(STATEMENTS) - statements - looks) / seconds);
    }

    private long rows(List<String> wave) throws SQLException {
        long rows = 0;
        for (var activity : wave) rows += activities.rows(activity);
        return rows;
    }

    /** Players look at the activity: how many reads the database has to answer for that, by its own count. */
    private void reads(Figures figures, HttpLines lines, String activity) throws Exception {
        long selects = activities.database().status(READING);
        var paths = Collections.nCopies(READS_MAX, "/api/activities/" + activity);
        var tally = new HttpLoad(lines, new HttpLoad.Ask("GET", paths, tokens, OK)).runClosed(READS);
        long asked = Math.max(1, tally.granted());
        figures.with("reads_per_s", Math.rint(tally.perSecond()))
                .with(
                        "reads_without_database",
                        1 - Math.min(1.0, (activities.database().status(READING) - selects) / (double) asked));
    }
}

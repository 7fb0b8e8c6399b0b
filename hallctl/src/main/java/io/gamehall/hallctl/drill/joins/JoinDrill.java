package io.gamehall.hallctl.drill.joins;

import io.gamehall.hallctl.drill.hall.DrillHall;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.Activities;
import io.gamehall.hallctl.load.Database;
import io.gamehall.hallctl.load.LiveSessions;
import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.process.Stopper;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * One drill of joins on a hall that runs: load, fault, more load, silence, and the check of everything that was said
 * against the ledger. Blocks the calling thread.
 */
final class JoinDrill {
    private static final String PLENTY = "drill-plenty";
    private static final String SCARCE = "drill-scarce";
    private static final long PLENTY_QUOTA = 10_000_000;
    private static final Duration TOKEN_LIFE = Duration.ofHours(2);
    private static final long GENERATION = 1;
    private static final int PLAYERS_MAX = 100_000;
    private static final int PAUSE_MS = 40;
    private static final long FIRST_GRANT_SECONDS_MAX = 60;
    /** Beyond the load's time: a quota that is not used up has not been tried. */
    private static final long SOLD_OUT_SECONDS_MAX = 90;
    /** Before the strike, that long tells how exact the measured outage can be. */
    private static final Duration CALM = Duration.ofSeconds(3);
    /** Longer than an entry waits in the outbox until it is relayed. */
    private static final Duration QUIET = Duration.ofSeconds(6);

    private static final Duration QUIET_MAX = Duration.ofSeconds(60);
    private static final long LOOK_MS = 250;

    private final JoinFault fault;
    private final Plan plan;
    private final Consumer<String> say;
    private final JoinHistory history = new JoinHistory();

    /**
     * What to do.
     *
     * @param connections on each of which one player comes after the other
     * @param lasts the load, at least
     * @param quota of the activity that sells out
     */
    record Plan(int connections, Duration lasts, long quota, long seed, JoinFault.Plan fault) {}

    /** When things happened, {@link System#nanoTime()}. */
    record Times(long warmNanos, long struckNanos, long endNanos) {}

    /** How it went. */
    record Course(Times times, boolean recovered, boolean soldOut) {}

    JoinDrill(JoinFault fault, Plan plan, Consumer<String> say) {
        this.fault = fault;
        this.plan = plan;
        this.say = say;
    }

    JoinReport run(DrillHall hall) throws Exception {
        var quotas = Map.of(PLENTY, PLENTY_QUOTA, SCARCE, plan.quota());
        var services = hall.addresses(Service.ACTIVITY);
        try (var activities = activities(hall, services)) {
            for (var quota : quotas.entrySet())
                activities.create(quota.getKey(), quota.getValue(), OptionalInt.empty());
            try (var players = players(hall, services)) {
                var course = load(new JoinScene(hall, history, say), players);
                say.accept("  the load is over: %d players, %d calls to check"
                        .formatted(players.arrived(), history.all().size()));
                var ledger = settled(activities);
                var grants = granted(activities, ledger.size());
                var calls = history.all();
                return new JoinReport(
                        fault,
                        plan,
                        course,
                        calls,
                        ledger,
                        grants.size(),
                        JoinFindings.of(calls, ledger, quotas, grants));
            }
        }
    }

    private Course load(JoinScene scene, JoinPlayers players) throws Exception {
        long start = System.nanoTime();
        players.start(plan.connections(), PLAYERS_MAX, PAUSE_MS);
        if (!scene.awaitGrants(start, FIRST_GRANT_SECONDS_MAX)) throw new IllegalStateException("No join is granted");
        sleepUntil(start, plan.lasts().dividedBy(3).plus(CALM));
        long warm = System.nanoTime() - CALM.toNanos();
        say.accept("  strike: " + fault.story());
        long struck = System.nanoTime();
        boolean recovered = fault.strike(scene, plan.fault());
        say.accept(
                recovered
                        ? "  joins are granted again, %.1f s after the first strike"
                                .formatted((System.nanoTime() - struck) / 1e9)
                        : "  NO join is granted any more");
        Thread.sleep(plan.lasts().dividedBy(5));
        sleepUntil(start, plan.lasts());
        long end = System.nanoTime();
        boolean soldOut = scene.awaitSoldOut(SOLD_OUT_SECONDS_MAX);
        players.stop();
        return new Course(new Times(warm, struck, end), recovered, soldOut);
    }

    /** All rows, once nothing is missing that was told and nothing more comes. */
    private List<LedgerRow> settled(Activities activities) throws SQLException {
        var told = new HashSet<LedgerRow>();
        for (var call : history.all()) {
            if (call.told() != null) {
                told.add(new LedgerRow(
                        call.player(),
                        call.activity(),
                        call.told().ordinal(),
                        call.told().joinedAtMs()));
            }
        }
        long until = System.nanoTime() + QUIET_MAX.toNanos();
        long quietSince = System.nanoTime();
        var rows = rows(activities);
        while (System.nanoTime() < until) {
            boolean quiet = System.nanoTime() - quietSince > QUIET.toNanos();
            if (quiet && new HashSet<>(rows).containsAll(told)) break;
            Stopper.pause(LOOK_MS);
            var now = rows(activities);
            if (now.size() != rows.size()) quietSince = System.nanoTime();
            rows = now;
        }
        return rows;
    }

    /** All grants, once there are as many as joins and no more come. */
    private static List<GrantRow> granted(Activities activities, int joins) throws SQLException {
        long until = System.nanoTime() + QUIET_MAX.toNanos();
        var grants = grants(activities);
        while (grants.size() < joins && System.nanoTime() < until) {
            Stopper.pause(LOOK_MS);
            grants = grants(activities);
        }
        return grants;
    }

    private static List<GrantRow> grants(Activities activities) throws SQLException {
        var grants = new ArrayList<GrantRow>();
        try (var select = activities
                        .database()
                        .connection()
                        .prepareStatement("SELECT player_id, activity_id, source_id FROM reward_grant"
                                + " WHERE activity_id IN ('" + PLENTY + "', '" + SCARCE + "')");
                var found = select.executeQuery()) {
            while (found.next()) grants.add(new GrantRow(found.getLong(1), found.getString(2), found.getString(3)));
        }
        return grants;
    }

    private static List<LedgerRow> rows(Activities activities) throws SQLException {
        var rows = new ArrayList<LedgerRow>();
        try (var select = activities
                        .database()
                        .connection()
                        .prepareStatement("SELECT player_id, activity_id, ordinal, joined_at_ms FROM activity_join"
                                + " WHERE activity_id IN ('" + PLENTY + "', '" + SCARCE + "')");
                var found = select.executeQuery()) {
            while (found.next()) {
                rows.add(new LedgerRow(found.getLong(1), found.getString(2), found.getInt(3), found.getLong(4)));
            }
        }
        return rows;
    }

    private static Activities activities(DrillHall hall, List<String> services) throws IOException {
        return new Activities(
                services.getFirst(),
                Files.readString(hall.credentials().adminToken()).strip(),
                new Database(hall.schema(), Schema.database(hall.cell())));
    }

    private JoinPlayers players(DrillHall hall, List<String> services) throws IOException {
        // No two runs on one data folder have players in common.
        long first = (1L << 40) + (System.currentTimeMillis() & 0xFFFFFFFL) * PLAYERS_MAX;
        new LiveSessions(hall.state().servers().redisPort(), hall.cell())
                .begin(LongStream.range(first, first + PLAYERS_MAX).boxed().toList(), GENERATION);
        var signer = hall.signer();
        var cell = hall.cell();
        return new JoinPlayers(
                services,
                List.of(PLENTY, SCARCE),
                player -> signer.sign(player, "drill", cell, "player", TOKEN_LIFE),
                first,
                history,
                plan.seed());
    }

    private static void sleepUntil(long start, Duration after) throws InterruptedException {
        long left = start + after.toNanos() - System.nanoTime();
        if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
    }
}

package io.gamehall.hallctl.drill.rewards;

import io.gamehall.hallctl.drill.hall.DrillHall;
import io.gamehall.hallctl.facts.FactFindings;
import io.gamehall.hallctl.facts.FactKind;
import io.gamehall.hallctl.facts.FactScript;
import io.gamehall.hallctl.facts.FactScript.Crowd;
import io.gamehall.hallctl.facts.RewardRows;
import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.process.Stopper;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One drill of rewards on a hall that runs: facts, fault, more facts, silence, and the check of all that was told against
 * the database, the notices and the dead letters. Blocks the calling thread.
 */
final class RewardDrill {
    private static final double SKEW = 1.1;
    private static final long FIRST_EFFECT_SECONDS_MAX = 60;
    /** Before the strike, that long tells how exact the measured outage can be. */
    private static final Duration CALM = Duration.ofSeconds(3);

    private static final Duration SETTLED_MAX = Duration.ofMinutes(2);
    /** So long nothing may come any more. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final long LOOK_MS = 250;

    private final RewardFault fault;
    private final Plan plan;
    private final Consumer<String> say;

    /**
     * What to do.
     *
     * @param players whom the facts are of
     * @param rate facts per second, of all kinds
     * @param lasts the load, at least
     */
    record Plan(int players, int rate, Duration lasts, long seed, RewardFault.Plan fault) {}

    /** When things happened, {@link System#nanoTime()}. */
    record Times(long warmNanos, long struckNanos, long endNanos, boolean recovered) {}

    RewardDrill(RewardFault fault, Plan plan, Consumer<String> say) {
        this.fault = fault;
        this.plan = plan;
        this.say = say;
    }

    RewardReport run(DrillHall hall) throws Exception {
        // No two runs on one data folder have players in common.
        var crowd = new Crowd((1L << 40) + (System.currentTimeMillis() & 0xFFFFFFFL) * 4_096, plan.players(), SKEW);
        var script = script(crowd, "drill");
        try (var load = new FactLoad(hall, script, plan.rate());
                var poison = new PoisonPile(hall.kafka(), hall.cell(), script(crowd, "poison"), plan.seed());
                var rows =
                        new RewardRows(hall.schema(), Schema.database(hall.cell()), crowd.first(), crowd.last() + 1)) {
            var scene = new RewardScene(hall, load, poison, say);
            var times = load(scene);
            say.accept("  the load is over: %,d facts to check".formatted(load.told()));
            settle(rows, load);
            var findings = RewardFindings.of(
                    FactFindings.told(script, load.told()),
                    rows.all(),
                    load.heard(),
                    RewardFindings.letters(hall.kafka(), hall.cell()),
                    poison.told());
            return new RewardReport(fault, plan, times, load, poison.told().size(), findings);
        }
    }

    private FactScript script(Crowd crowd, String name) {
        var mix = Stream.of(FactKind.values()).collect(Collectors.toMap(kind -> kind, _ -> 1));
        return new FactScript(
                crowd,
                name + "-" + Long.toString(crowd.first(), 36),
                Map.copyOf(mix),
                plan.seed(),
                System.currentTimeMillis());
    }

    private Times load(RewardScene scene) throws Exception {
        long start = System.nanoTime();
        scene.load().start();
        if (!scene.awaitEffects(start, FIRST_EFFECT_SECONDS_MAX))
            throw new IllegalStateException("No fact has an effect");
        sleepUntil(start, plan.lasts().dividedBy(3).plus(CALM));
        long warm = System.nanoTime() - CALM.toNanos();
        say.accept("  strike: " + fault.story());
        long struck = System.nanoTime();
        boolean recovered = fault.strike(scene, plan.fault());
        say.accept(
                recovered
                        ? "  facts have effects again, %.1f s after the first strike"
                                .formatted((System.nanoTime() - struck) / 1e9)
                        : "  the hall did NOT recover as it should");
        Thread.sleep(plan.lasts().dividedBy(5));
        sleepUntil(start, plan.lasts());
        long end = System.nanoTime();
        scene.load().stop();
        return new Times(warm, struck, end, recovered);
    }

    /** Until all facts count and were told, and nothing more comes. */
    private static void settle(RewardRows rows, FactLoad load) throws SQLException {
        long until = System.nanoTime() + SETTLED_MAX.toNanos();
        long quietSince = System.nanoTime();
        long before = -1;
        while (System.nanoTime() < until) {
            long now = rows.counted() + load.heard().size() + load.heard().repeats();
            if (now != before) quietSince = System.nanoTime();
            before = now;
            boolean complete = rows.counted() >= load.told() && load.heard().size() >= load.told();
            if (complete && System.nanoTime() - quietSince > QUIET.toNanos()) return;
            Stopper.pause(LOOK_MS);
        }
    }

    private static void sleepUntil(long start, Duration after) throws InterruptedException {
        long left = start + after.toNanos() - System.nanoTime();
        if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
    }
}

package io.gamehall.hallctl.drill;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.drill.check.Fact;
import io.gamehall.hallctl.drill.check.Findings;
import io.gamehall.hallctl.drill.check.JournalReader;
import io.gamehall.hallctl.drill.check.ResultsReader;
import io.gamehall.hallctl.drill.fault.Fault;
import io.gamehall.hallctl.drill.fault.Scene;
import io.gamehall.hallctl.drill.hall.DrillHall;
import io.gamehall.hallctl.drill.load.Load;
import io.gamehall.hallctl.drill.load.Rooms;
import io.gamehall.hallctl.process.Stopper;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One drill on a hall that runs: load, fault, healing, more load, silence, and the check of everything that was said and
 * written. Blocks the calling thread.
 */
final class Drill {
    private static final Duration OWNERS_MAX = Duration.ofSeconds(60);
    /** Before the strike, that long tells how exact the measured outage can be. */
    private static final Duration CALM = Duration.ofSeconds(3);

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration QUIET_MAX = Duration.ofSeconds(30);
    private static final long ANSWER_SECONDS_MAX = 30;
    private static final long LOOK_MS = 250;

    private final DrillPlan plan;
    private final Fault fault;
    private final Consumer<String> say;

    Drill(DrillPlan plan, Fault fault, Consumer<String> say) {
        this.plan = plan;
        this.fault = fault;
        this.say = say;
    }

    /** When things happened, {@link System#nanoTime()}. */
    record Times(long warmNanos, long struckNanos, long healNanos, long healedNanos, long endNanos) {}

    DrillReport run(DrillHall hall) throws Exception {
        var topic = Topics.name(hall.cell(), Topics.ROOM_JOURNAL);
        try (var journal = new JournalReader(hall.kafka(), topic, Topics.ROOM_PARTITIONS);
                var load = new Load(hall.gateways(), hall.cell(), hall.signer(), plan.seed())) {
            var scene = new Scene(hall, journal, load, say);
            awaitOwners(scene);
            var rooms = Rooms.of(journal.trace());
            say.accept("  %d players in %d rooms of %d places, seed %d"
                    .formatted(plan.players(), rooms.size(), plan.roomCapacity(), plan.seed()));
            long start = System.nanoTime();
            fault.begin(scene, rooms);
            load.start(rooms, plan.players(), plan.untilStrike().dividedBy(2));
            sleepUntil(start, plan.untilStrike());
            fault.prepare(scene);
            if (!scene.awaitCalm(plan.lasts().toSeconds())) say.accept("  the hall does not become calm: striking");
            long warm = System.nanoTime() - CALM.toNanos();
            say.accept("  strike: " + fault.story());
            long struck = System.nanoTime();
            boolean recovered;
            long heal;
            try {
                recovered = fault.strike(scene);
                say.accept(
                        recovered
                                ? "  all of its partitions answer again"
                                : "  NOT all of its partitions answer again");
            } finally {
                heal = System.nanoTime();
                fault.heal(scene);
            }
            long healed = System.nanoTime();
            say.accept("  healed after %.1f s".formatted((healed - heal) / 1e9));
            recovered &= scene.awaitAnswers(scene.partitionsWithRooms(), healed, ANSWER_SECONDS_MAX);
            Thread.sleep(plan.afterHealing());
            sleepUntil(start, plan.lasts());
            long end = System.nanoTime();
            load.stop();
            var facts = awaitQuiet(scene);
            say.accept("  the load is over, %d calls to check"
                    .formatted(load.history().size()));
            return new DrillReport(
                    plan,
                    fault,
                    recovered,
                    new Times(warm, struck, heal, healed, end),
                    load,
                    journal.trace(),
                    scene.partitionsWithRooms(),
                    Findings.of(load.history(), journal.trace(), facts),
                    fault.judge(journal.trace()));
        }
    }

    /** Until every partition has an owner, and more than one process owns some. */
    private static void awaitOwners(Scene scene) {
        long until = System.nanoTime() + OWNERS_MAX.toNanos();
        while (true) {
            scene.journal().readToEnd();
            var trace = scene.journal().trace();
            var owners = java.util.stream.IntStream.range(0, Topics.ROOM_PARTITIONS)
                    .mapToObj(trace::owner)
                    .toList();
            boolean all = owners.stream().allMatch(java.util.Optional::isPresent);
            if (all
                    && owners.stream()
                                    .map(it -> it.orElseThrow().instance())
                                    .distinct()
                                    .count()
                            > 1) return;
            if (System.nanoTime() > until) throw new IllegalStateException("Not all partitions found an owner");
            Stopper.pause(LOOK_MS);
        }
    }

    /** Until nothing more is written and every round that ended is known to be published. */
    private static List<Fact> awaitQuiet(Scene scene) {
        long until = System.nanoTime() + QUIET_MAX.toNanos();
        long quietSince = System.nanoTime();
        while (true) {
            if (scene.journal().readToEnd() > 0) quietSince = System.nanoTime();
            boolean published = scene.journal().trace().rooms().stream()
                    .allMatch(room -> room.unpublished().isEmpty());
            boolean quiet = System.nanoTime() - quietSince > QUIET.toNanos();
            if (quiet && published || System.nanoTime() > until) break;
            Stopper.pause(LOOK_MS);
        }
        var hall = scene.hall();
        return ResultsReader.read(hall.kafka(), Topics.name(hall.cell(), Topics.GAME_RESULTS));
    }

    private static void sleepUntil(long start, Duration after) throws InterruptedException {
        long left = start + after.toNanos() - System.nanoTime();
        if (left > 0) Thread.sleep(Duration.ofNanos(left));
    }
}

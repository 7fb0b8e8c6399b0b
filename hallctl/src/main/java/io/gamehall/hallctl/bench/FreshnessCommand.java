package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.CpuUse;
import io.gamehall.hallctl.load.Crowd;
import io.gamehall.hallctl.load.GatewayCalls;
import io.gamehall.hallctl.load.GatewayStreams;
import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.load.JournalView;
import io.gamehall.hallctl.load.Lines;
import io.gamehall.hallctl.load.Markers;
import io.gamehall.hallctl.load.Player;
import io.gamehall.hallctl.load.SeatLoad;
import io.gamehall.hallctl.load.Sight;
import io.gamehall.hallctl.load.Sources;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.v1.EnterReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench freshness}: how old the rooms are that players see. */
@Command(
        name = "freshness",
        description = "From the reply to a seat change until the last of many watchers of the rooms was told of it.",
        footer = {
            "Figures: p50_ms, p99_ms, changes_per_s, measured (changes that the latencies are of), updates_per_s",
            "(to all watchers together), errors (must be 0). A change that not everybody is told of within 30 s ends it."
        })
final class FreshnessCommand implements Callable<Integer> {
    private static final String GAME = "upgrade";
    private static final Duration STEP_MAX = Duration.ofSeconds(60);
    /** After a run, until nobody sits in the marker rooms and everybody knows it. */
    private static final int SETTLE_SECONDS_MAX = 300;

    private static final int AT_ONCE = 200;
    private static final int CALL_CONNECTIONS = 8;
    private static final int PER_ADDRESS = 50;
    private static final int MARKERS_EACH = 50;
    private static final List<Target> TARGETS = List.of(Target.atMost("p99_ms", 300, 60));

    @Mixin
    private BenchOptions options;

    @Option(names = "--watchers", defaultValue = "500", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int watchers;

    @Option(
            names = "--rate",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Seat changes per second, those that are measured among them (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--players",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Who make the changes that are not measured (default: ${DEFAULT-VALUE}).")
    private int players;

    @Option(
            names = "--rooms",
            defaultValue = "50",
            paramLabel = "N",
            description = "In which they play (default: ${DEFAULT-VALUE}).")
    private int rooms;

    @Option(
            names = "--marker-rooms",
            defaultValue = "4",
            paramLabel = "N",
            description = "Further rooms, whose changes are measured (default: ${DEFAULT-VALUE}).")
    private int markerRooms;

    @Option(
            names = "--marker-rate",
            defaultValue = "100",
            paramLabel = "N",
            description = "Changes per second that are measured (default: ${DEFAULT-VALUE}).")
    private int markerRate;

    /** What every run needs. */
    private record Scene(HallUnderTest hall, SeatLoad load, Markers markers, Sight sight, LongAdder updates) {}

    @Override
    public Integer call() throws Exception {
        check();
        var bench = new Bench("freshness", options, TARGETS, System.out);
        bench.introduce("%d watchers of %d rooms, %d seat changes/s, %d of them measured"
                .formatted(watchers, rooms + markerRooms, rate, markerRate));
        try (var hall = HallUnderTest.open(options.directory(), plan());
                var callLines = new Lines(CALL_CONNECTIONS);
                var watching = new Lines(watchers, Sources.loopback(PER_ADDRESS))) {
            bench.note("hall", hall.describe());
            var ids = roomsOf(hall);
            var cast = new Cast(hall);
            var crew = cast.withTokens(cast.players(players, ids.subList(0, rooms)));
            var marking =
                    cast.withTokens(cast.players(markerRooms * MARKERS_EACH, ids.subList(rooms, rooms + markerRooms)));
            var audience = cast.withTokens(cast.players(watchers, List.of("")));
            var gateway = hall.addresses(Service.GATEWAY).getFirst();
            var calls = new GatewayCalls(callLines, List.of(gateway));
            enter(calls, crew);
            enter(calls, marking);
            var sight = new Sight(watchers);
            var updates = new LongAdder();
            var lost = watch(new GatewayStreams(watching, gateway), audience, sight, updates);
            try (var load = new SeatLoad(calls, crew);
                    var markers = new Markers(calls, sight, marking)) {
                var scene = new Scene(hall, load, markers, sight, updates);
                return bench.run(
                        true,
                        number -> number == 0
                                ? measure(bench, scene, lost, options.warmsUp(), "warm-up")
                                : measure(bench, scene, lost, options.lasts(), "run " + number));
            } finally {
                if (hall.temporary().isEmpty()) {
                    leave(calls, crew);
                    leave(calls, marking);
                }
            }
        }
    }

    private Figures measure(Bench bench, Scene scene, AtomicInteger lost, Duration lasts, String name)
            throws Exception {
        var latencies = scene.sight().measure();
        var before = CpuUse.now(scene.hall().state());
        long updatesBefore = scene.updates().sum();
        long refusedBefore = sum(scene.markers().errors());
        var over = new AtomicBoolean();
        var unseen = CompletableFuture.supplyAsync(
                () -> scene.markers().run(markerRate, over::get),
                marking -> Thread.ofPlatform().name("markers").daemon().start(marking));
        io.gamehall.hallctl.load.SeatTally tally;
        try (var _ = new Ticker(System.out, name, scene.load()::count)) {
            tally = scene.load().runPaced(lasts, rate - markerRate);
        }
        over.set(true);
        double seconds = lasts.toNanos() / 1e9;
        long updates = scene.updates().sum() - updatesBefore;
        long behind = unseen.get(SETTLE_SECONDS_MAX, TimeUnit.SECONDS);
        tally.details().forEach((reason, detail) -> bench.say("           " + reason + ": " + detail));
        scene.markers().errors().forEach((reason, number) -> bench.say("           marker: " + reason + " x" + number));
        if (behind > 0) {
            // Nobody can tell any more which number shows which change.
            throw new IllegalStateException(behind + " changes were not seen by all watchers within 30 s");
        }
        var figures = new Figures()
                .with("p50_ms", latencies.percentileMs(50))
                .with("p99_ms", latencies.percentileMs(99))
                .with("changes_per_s", Math.rint(tally.perSecond() + latencies.count() / seconds))
                .with("measured", latencies.count())
                .with("updates_per_s", Math.rint(updates / seconds))
                .with("watchers", watchers - lost.get())
                .with(
                        "errors",
                        tally.errors()
                                + tally.withoutSeat()
                                + lost.get()
                                + sum(scene.markers().errors())
                                - refusedBefore);
        figures.withCpu(CpuUse.now(scene.hall().state()).since(before), tally.count() + latencies.count());
        return figures;
    }

    private static long sum(Map<String, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Opens the streams of the watchers, and waits until each has its first picture.
     *
     * @return how many streams have ended since
     */
    private static AtomicInteger watch(GatewayStreams streams, List<Player> audience, Sight sight, LongAdder updates)
            throws InterruptedException {
        var lost = new AtomicInteger();
        int first = audience.getFirst().number();
        Crowd.<Void>all("Watching the rooms", audience, AT_ONCE, (player, done) -> {
            var begun = new AtomicBoolean();
            streams.rooms(
                    player,
                    GAME,
                    update -> {
                        updates.increment();
                        if (begun.compareAndSet(false, true)) {
                            done.answered(new io.gamehall.hallctl.load.Answer.Given<>(null));
                        }
                        sight.seen(player.number() - first, update, System.nanoTime());
                    },
                    end -> {
                        if (begun.get()) lost.incrementAndGet();
                        else done.answered(end.map(none -> null));
                    });
        });
        return lost;
    }

    private static void enter(GatewayCalls calls, List<Player> crew) throws InterruptedException {
        Crowd.<EnterReply>all("Entering the rooms", crew, AT_ONCE, (player, done) -> calls.enter(player, "", done));
    }

    private static void leave(GatewayCalls calls, List<Player> crew) throws InterruptedException {
        Crowd.<Void>all("Leaving the rooms", crew, AT_ONCE, (player, done) -> calls.leave(player, "", done));
    }

    /** Rooms for the crew, then for the markers; the latter are empty. */
    private List<String> roomsOf(HallUnderTest hall) {
        try (var journal = new JournalView(hall.bootstrap(), hall.cell().name())) {
            var owners = new HashSet<>(hall.addresses(Service.ROOM));
            journal.await(
                    rooms + markerRooms + " rooms of " + GAME + ", all partitions owned",
                    it -> it.isOwnedBy(owners) && it.rooms(GAME).size() >= rooms + markerRooms,
                    STEP_MAX);
            var ids = new ArrayList<String>();
            journal.rooms(GAME).stream()
                    .filter(room -> room.memberCount() == 0)
                    .limit(rooms + markerRooms)
                    .forEach(room -> ids.add(room.id()));
            if (ids.size() < rooms + markerRooms) {
                throw new IllegalStateException("There are no " + (rooms + markerRooms) + " empty rooms of " + GAME);
            }
            return ids;
        }
    }

    private TemporaryHall.Plan plan() {
        return new TemporaryHall.Plan(
                List.of(Service.ROOM, Service.GATEWAY),
                Map.of(),
                rooms + markerRooms,
                options.javaOptions(),
                TemporaryHall.LOOPBACK_UNLIMITED);
    }

    private void check() {
        options.check();
        options.within("--watchers", watchers, 1, 20_000);
        options.within("--rate", rate, 2, 100_000);
        options.within("--players", players, 1, 20_000);
        options.within("--rooms", rooms, 1, Math.min(players, 1_000));
        options.within("--marker-rooms", markerRooms, 1, 32);
        options.within("--marker-rate", markerRate, 1, rate - 1);
    }
}

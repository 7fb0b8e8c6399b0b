package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.Crowd;
import io.gamehall.hallctl.load.GatewayCalls;
import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.load.JournalView;
import io.gamehall.hallctl.load.Lines;
import io.gamehall.hallctl.load.OwnerCalls;
import io.gamehall.hallctl.load.Player;
import io.gamehall.hallctl.load.RoomCalls;
import io.gamehall.hallctl.load.SeatLoad;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.v1.EnterReply;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench seats}: how many seats a second are taken and given up, each answered once the journal has it. */
@Command(
        name = "seats",
        description = "Quick-join and stand in turn: operations per second, and how long each takes.",
        footer = "Figures: ops_per_s, p50_ms, p99_ms, failed_while_free (must be 0), errors (must be 0).")
final class SeatsCommand implements Callable<Integer> {
    /** Owners take out whom they have not heard of for 30 s. */
    private static final int IDLE_SECONDS_MAX = 20;

    private static final Duration OWNED_MAX = Duration.ofSeconds(60);
    private static final int ENTERING_AT_ONCE = 200;

    @Mixin
    private BenchOptions options;

    @Option(names = "--players", defaultValue = "2000", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int players;

    @Option(names = "--rooms", defaultValue = "50", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int rooms;

    @Option(names = "--game", defaultValue = "upgrade", paramLabel = "GAME", description = "Default: ${DEFAULT-VALUE}.")
    private String game;

    @Option(
            names = "--window",
            defaultValue = "200",
            paramLabel = "N",
            description = "Calls on their way at the same time, as fast as answers come (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "N",
            description = "Calls per second at an even pace instead, latency counted from the intended start.")
    private int rate;

    @Option(
            names = "--via-gateway",
            description = "Through the gateway, with session tokens, instead of straight to owners.")
    private boolean viaGateway;

    @Option(
            names = "--connections",
            defaultValue = "8",
            paramLabel = "N",
            description = "HTTP/2 connections to each process (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--room-services",
            defaultValue = "1",
            paramLabel = "N",
            description = "Owner processes of a temporary hall (default: ${DEFAULT-VALUE}).")
    private int roomServices;

    @Override
    public Integer call() throws Exception {
        check();
        var bench = new Bench("seats", options, targets(), System.out);
        bench.introduce("quick-join and stand in turn, %d players in %d rooms of %s, %s, %s"
                .formatted(
                        players,
                        rooms,
                        game,
                        rate > 0 ? rate + " calls/s" : "window " + window,
                        viaGateway ? "through the gateway" : "straight to room-service"));
        try (var hall = HallUnderTest.open(options.directory(), plan());
                var lines = new Lines(connections)) {
            bench.note("hall", hall.describe());
            bench.note("way", viaGateway ? "gateway" : "direct");
            bench.note("load", rate > 0 ? "rate " + rate : "window " + window);
            var cast = new Cast(hall);
            try (var journal = new JournalView(hall.bootstrap(), hall.cell().name())) {
                var crew = cast.players(players, roomsOf(hall, journal));
                var calls = calls(hall, lines, journal);
                return measure(bench, hall, calls, viaGateway ? cast.withTokens(crew) : crew);
            }
        }
    }

    private int measure(Bench bench, HallUnderTest hall, RoomCalls calls, List<Player> crew) throws Exception {
        Crowd.<EnterReply>all(
                "Entering the rooms", crew, ENTERING_AT_ONCE, (player, done) -> calls.enter(player, "", done));
        try (var load = new SeatLoad(calls, crew)) {
            var run = new SeatRun(hall.state(), load, rate, window, System.out);
            return bench.run(
                    true,
                    number -> number == 0
                            ? run.measure(options.warmsUp(), "warm-up")
                            : run.measure(options.lasts(), "run " + number));
        } finally {
            if (hall.temporary().isEmpty()) leave(calls, crew);
        }
    }

    private static void leave(RoomCalls calls, List<Player> crew) throws InterruptedException {
        Crowd.<Void>all("Leaving the rooms", crew, ENTERING_AT_ONCE, (player, done) -> calls.leave(player, "", done));
    }

    private RoomCalls calls(HallUnderTest hall, Lines lines, JournalView journal) {
        return viaGateway
                ? new GatewayCalls(lines, hall.addresses(Service.GATEWAY))
                : new OwnerCalls(lines, hall.credentials().serviceCredential(), journal);
    }

    /** Waits until the rooms are there and owned, and chooses those with seats for all of our players. */
    private List<String> roomsOf(HallUnderTest hall, JournalView journal) {
        var owners = new HashSet<>(hall.addresses(Service.ROOM));
        journal.await(
                rooms + " rooms of " + game + ", all partitions owned",
                it -> it.isOwnedBy(owners) && it.rooms(game).size() >= rooms,
                OWNED_MAX);
        int each = Math.ceilDiv(players, rooms);
        var chosen = journal.rooms(game).stream()
                .filter(room -> Math.min(room.capacity(), room.seats()) - room.memberCount() >= each)
                .map(JournalView.Room::id)
                .limit(rooms)
                .toList();
        if (chosen.size() < rooms) {
            throw new IllegalStateException("Only " + chosen.size() + " rooms of " + game + " have place for " + each
                    + " players each. Take fewer --players or more --rooms.");
        }
        return chosen;
    }

    private TemporaryHall.Plan plan() {
        return new TemporaryHall.Plan(
                viaGateway ? List.of(Service.ROOM, Service.GATEWAY) : List.of(Service.ROOM),
                roomServices > 1 ? Map.of(Service.ROOM, roomServices) : Map.of(),
                rooms,
                options.javaOptions(),
                TemporaryHall.LOOPBACK_UNLIMITED);
    }

    private List<Target> targets() {
        if (rate > 0) return List.of(Target.atMost("p99_ms", 50, 15));
        return viaGateway
                ? List.of(Target.atLeast("ops_per_s", 8_000, 20_000))
                : List.of(Target.atLeast("ops_per_s", 15_000, 45_000), Target.atMost("p99_ms", 50, 50));
    }

    private void check() {
        options.check();
        options.within("--players", players, 1, 100_000);
        options.within("--rooms", rooms, 1, 10_000);
        options.within("--window", window, 1, players);
        options.within("--rate", rate, 0, 1_000_000);
        options.within("--connections", connections, 1, 256);
        options.within("--room-services", roomServices, 1, 8);
        if (rate > 0 && players / rate > IDLE_SECONDS_MAX) {
            throw options.usage("--rate " + rate + " lets each player act less than once in " + IDLE_SECONDS_MAX
                    + " s; they would be taken out of their rooms.");
        }
    }
}

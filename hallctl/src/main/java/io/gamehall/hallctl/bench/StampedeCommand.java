package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.Answer;
import io.gamehall.hallctl.load.Crowd;
import io.gamehall.hallctl.load.GatewayCalls;
import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.load.JournalView;
import io.gamehall.hallctl.load.Lines;
import io.gamehall.hallctl.load.OwnerCalls;
import io.gamehall.hallctl.load.Player;
import io.gamehall.hallctl.load.Refused;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.v1.EnterReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench stampede}: far more players than places, all at once. */
@Command(
        name = "stampede",
        description = "Players auto-enter and quick-join at once while few places are left in the whole game; then they"
                + " all want one full room of another game that has space elsewhere.",
        footer = {
            "Always on a temporary hall, because its rooms have to be full. --seconds and --warm-up do nothing here.",
            "Figures: first_try_success_while_free (must be 1), over_capacity (must be 0), refused_with_alternatives",
            "(of those who wanted the full room), winner_*, refused_* and full_room_* latencies, errors (must be 0)."
        })
final class StampedeCommand implements Callable<Integer> {
    private static final String GAME = "upgrade";
    private static final String OTHER_GAME = "doudizhu";
    private static final Duration OWNED_MAX = Duration.ofSeconds(60);
    private static final int FILLING_AT_ONCE = 200;
    /** Cold processes are warmed by rushes of few: a stampede onto cold code measures the compiler. */
    private static final int WARM_UPS = 15;

    private static final int WARM_UP_PLAYERS = 400;
    private static final List<Target> TARGETS = List.of(
            Target.atLeast("first_try_success_while_free", 1, 1),
            Target.atMost("over_capacity", 0, 0),
            Target.atLeast("refused_with_alternatives", 1, 1));

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--players",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Who want in (default: ${DEFAULT-VALUE}; the goal is 10000).")
    private int players;

    @Option(
            names = "--places",
            defaultValue = "50",
            paramLabel = "N",
            description = "Left in all rooms of the game together (default: ${DEFAULT-VALUE}).")
    private int places;

    @Option(
            names = "--rooms",
            defaultValue = "4",
            paramLabel = "N",
            description = "Rooms of each game (default: ${DEFAULT-VALUE}).")
    private int rooms;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "HTTP/2 connections to the gateway, shared by the players (default: one for 50, 8 to 200).")
    private Integer connections;

    /** Everything that a run needs. */
    private record Scene(
            JournalView journal,
            OwnerCalls owners,
            GatewayCalls gateway,
            List<Player> fillers,
            List<Player> contenders,
            String fullRoom) {}

    @Override
    public Integer call() throws Exception {
        options.check();
        options.within("--players", players, 1, 50_000);
        options.within("--places", places, 1, players);
        options.within("--rooms", rooms, 2, 100);
        if (connections == null) connections = Math.clamp(players / 50, 8, 200);
        options.within("--connections", connections, 1, 1_000);
        var bench = new Bench("stampede", options, TARGETS, System.out);
        bench.introduce(players + " players at once, " + places + " places left in " + rooms + " rooms of " + GAME);
        var temporary = new TemporaryHall();
        try (temporary;
                var lines = new Lines(connections)) {
            var hall = new HallUnderTest(temporary.directory(), temporary.start(plan()), Optional.of(temporary));
            bench.note("hall", hall.describe());
            try (var journal = new JournalView(hall.bootstrap(), hall.cell().name())) {
                var scene = prepare(hall, journal, lines);
                bench.say("warm-up    " + WARM_UPS + " rushes of "
                        + warmUp(scene).contenders().size() + " players ...");
                for (int number = 0; number < WARM_UPS; number++) measure(bench, warmUp(scene));
                return bench.run(false, number -> measure(bench, scene));
            }
        }
    }

    private Scene prepare(HallUnderTest hall, JournalView journal, Lines lines) throws Exception {
        var endpoints = new HashSet<>(hall.addresses(Service.ROOM));
        journal.await(
                rooms + " rooms of each game, all partitions owned",
                it -> it.isOwnedBy(endpoints)
                        && it.rooms(GAME).size() == rooms
                        && it.rooms(OTHER_GAME).size() == rooms,
                OWNED_MAX);
        var cast = new Cast(hall);
        var full = journal.rooms(OTHER_GAME).getFirst();
        var fillers = new ArrayList<>(cast.players(full.capacity(), List.of(full.id())));
        var contended = journal.rooms(GAME);
        for (int i = 0; i < rooms; i++) {
            // The places are spread over the rooms, and so over owners and partitions.
            int left = places / rooms + (i < places % rooms ? 1 : 0);
            var room = contended.get(i);
            fillers.addAll(cast.players(room.capacity() - left, List.of(room.id())));
        }
        return new Scene(
                journal,
                new OwnerCalls(lines, hall.credentials().serviceCredential(), journal),
                new GatewayCalls(lines, hall.addresses(Service.GATEWAY)),
                List.copyOf(fillers),
                cast.withTokens(cast.players(players, List.of(full.id()))),
                full.id());
    }

    private Figures measure(Bench bench, Scene scene) throws InterruptedException {
        fill(scene);
        var rush = new Rush("GAME_FULL").run(scene.contenders(), (player, done) -> enterAndSit(scene, player, done));
        var atFullRoom = new Rush("ROOM_FULL").run(outside(scene, rush), (player, done) -> scene.gateway()
                .enter(player, "", answer -> done.answered(answer.map(entered -> player))));
        scene.journal().readToEnd();
        rush.errors().forEach((reason, number) -> bench.say("           error: " + reason + " x" + number));
        atFullRoom.errors().forEach((reason, number) -> bench.say("           error: " + reason + " x" + number));
        var figures = figures(scene, rush, atFullRoom);
        return figures;
    }

    /** The same with fewer players. */
    private static Scene warmUp(Scene scene) {
        var few = scene.contenders()
                .subList(0, Math.min(WARM_UP_PLAYERS, scene.contenders().size()));
        return new Scene(scene.journal(), scene.owners(), scene.gateway(), scene.fillers(), few, scene.fullRoom());
    }

    /** Fills the rooms, and takes out whom an earlier run left in them, until exactly our places are free. */
    private void fill(Scene scene) throws InterruptedException {
        // Entering again is also the sign of life without which owners take players out.
        Crowd.<EnterReply>all("Filling the rooms", scene.fillers(), FILLING_AT_ONCE, (player, done) -> scene.owners()
                .enter(player, "", done));
        var fillers = new HashSet<Long>();
        scene.fillers().forEach(filler -> fillers.add(filler.id()));
        var until = Instant.now().plus(OWNED_MAX);
        while (true) {
            var others = scene.journal().readToEnd().rooms(GAME).stream()
                    .flatMap(room -> room.members().stream()
                            .filter(member -> !fillers.contains(member))
                            .map(member -> new Player(member, member.hashCode(), room.id(), "")))
                    .toList();
            long free = free(scene);
            if (others.isEmpty() && free == places) return;
            if (Instant.now().isAfter(until)) {
                throw new IllegalStateException(free + " places are left instead of " + places);
            }
            Crowd.<Void>all("Leaving", others, FILLING_AT_ONCE, (player, done) -> scene.owners()
                    .leave(player, "", done));
        }
    }

    private static long free(Scene scene) {
        return scene.journal().rooms(GAME).stream()
                .mapToLong(room -> room.capacity() - room.memberCount())
                .sum();
    }

    /** In at the first call, and seated at the first call after: only both together are a success. */
    private static void enterAndSit(Scene scene, Player player, Answer.Sink<Player> done) {
        scene.gateway().autoEnter(player, GAME, "", entered -> {
            switch (entered) {
                case Answer.Given<EnterReply>(EnterReply reply) -> {
                    var inside = player.in(reply.getRoomId());
                    scene.gateway().quickJoin(inside, "", seated -> done.answered(seated.map(any -> inside)));
                }
                case Answer.Not<EnterReply>(Refused why) -> done.answered(new Answer.Not<>(why));
            }
        });
    }

    private static List<Player> outside(Scene scene, Rush rush) {
        var inside = new HashSet<Long>();
        rush.winners().forEach(winner -> inside.add(winner.id()));
        return scene.contenders().stream()
                .filter(player -> !inside.contains(player.id()))
                .map(player -> player.in(scene.fullRoom()))
                .toList();
    }

    private Figures figures(Scene scene, Rush rush, Rush atFullRoom) {
        var refusals = atFullRoom.refusals();
        long withAlternatives = refusals.stream()
                .filter(why ->
                        !why.particulars().getOrDefault("alternatives", "").isEmpty())
                .count();
        long wrongCounts = refusals.stream()
                .filter(why -> !why.particulars()
                        .getOrDefault("members", "")
                        .equals(why.particulars().get("capacity")))
                .count();
        long errors = rush.errors().values().stream().mapToLong(Long::longValue).sum()
                + atFullRoom.errors().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
        return new Figures()
                .with("first_try_success_while_free", (double) rush.firstTry() / places)
                .with("over_capacity", scene.journal().overCapacity())
                .with("refused_with_alternatives", refusals.isEmpty() ? 0 : (double) withAlternatives / refusals.size())
                .with("winner_p50_ms", rush.servedMs(50))
                .with("winner_p99_ms", rush.servedMs(99))
                .with("refused_p50_ms", rush.refusedMs(50))
                .with("refused_p99_ms", rush.refusedMs(99))
                .with("full_room_p50_ms", atFullRoom.refusedMs(50))
                .with("full_room_p99_ms", atFullRoom.refusedMs(99))
                .with("wrong_answers", wrongCounts + atFullRoom.winners().size())
                .with("errors", errors)
                .with("repeated", rush.repeated() + atFullRoom.repeated())
                .with("players", players)
                .with("places", places);
    }

    private TemporaryHall.Plan plan() {
        // No further rooms may open by themselves, or the game would never be full.
        return new TemporaryHall.Plan(
                List.of(Service.ROOM, Service.GATEWAY), Map.of(), rooms, options.javaOptions(), environment());
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(TemporaryHall.LOOPBACK_UNLIMITED);
        environment.put("GAMEHALL_ROOMS_PER_GAME_MAX", Integer.toString(rooms));
        return environment;
    }
}

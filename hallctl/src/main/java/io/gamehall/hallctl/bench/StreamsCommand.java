package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.Broadcast;
import io.gamehall.hallctl.load.CpuUse;
import io.gamehall.hallctl.load.Crowd;
import io.gamehall.hallctl.load.GatewayCalls;
import io.gamehall.hallctl.load.GatewayStreams;
import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.load.JournalView;
import io.gamehall.hallctl.load.Lines;
import io.gamehall.hallctl.load.LiveStreams;
import io.gamehall.hallctl.load.Player;
import io.gamehall.hallctl.load.Sources;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.process.Stopper;
import io.gamehall.v1.EnterReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench streams}: what one gateway process can hold, and how soon it tells them something. */
@Command(
        name = "streams",
        description = "Live event streams on one gateway process, each a TCP connection of a player of its own.",
        footer = {
            "Figures: streams, connect_per_s, kib_per_stream (resident memory), heap_kib_per_stream (live objects),",
            "broadcast_p50_ms, broadcast_p99_ms (a chat line until the last member of its room has it), errors",
            "(must be 0). --seconds is the length of the broadcasts of a run."
        })
final class StreamsCommand implements Callable<Integer> {
    private static final String GAME = "upgrade";
    private static final Duration OWNED_MAX = Duration.ofSeconds(60);
    private static final Duration CLOSED_MAX = Duration.ofSeconds(60);
    private static final long LOOK_MS = 100;
    /** Streams that one address opens: of players behind one router. */
    private static final int PER_ADDRESS = 50;

    private static final int WARM_UPS = 4;
    private static final int WARM_UP_STREAMS = 2_000;
    private static final int CALL_CONNECTIONS = 8;
    private static final List<Target> TARGETS = List.of(
            Target.atLeast("streams", 20_000, 50_000),
            Target.atLeast("connect_per_s", 2_000, 5_000),
            Target.aimAtMost("kib_per_stream", 12));

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--streams",
            defaultValue = "20000",
            paramLabel = "N",
            description =
                    "Fewer where the system does not let a process open so many files (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--connecting",
            defaultValue = "200",
            paramLabel = "N",
            description = "On their way at the same time (default: ${DEFAULT-VALUE}).")
    private int connecting;

    @Option(
            names = "--rooms",
            defaultValue = "5",
            paramLabel = "N",
            description = "With 400 listeners each, or as many as there are streams (default: ${DEFAULT-VALUE}).")
    private int rooms;

    @Option(
            names = "--lines",
            defaultValue = "20",
            paramLabel = "N",
            description = "Chat lines said per second, in all rooms together (default: ${DEFAULT-VALUE}).")
    private int lines;

    /** What every run needs. */
    private record Scene(
            HallUnderTest hall,
            String gateway,
            ProcessId process,
            GatewayCalls calls,
            List<Player> players,
            int members) {
        List<Player> listeners(int among) {
            return players.subList(0, Math.min(members, among));
        }
    }

    @Override
    public Integer call() throws Exception {
        check();
        var bench = new Bench("streams", options, TARGETS, System.out);
        bench.introduce("%d event streams on one gateway, %d lines/s in %d rooms".formatted(streams, lines, rooms));
        try (var hall = HallUnderTest.open(options.directory(), plan());
                var callLines = new Lines(CALL_CONNECTIONS)) {
            bench.note("hall", hall.describe());
            var scene = scene(hall, callLines, bench);
            bench.note("listeners", scene.members() + " in " + rooms + " rooms");
            var fresh = Memory.of(scene.process());
            warmUp(bench, scene);
            // Resident memory never gets as small again as it was; live objects do.
            var empty = new Memory(fresh.rssKib(), Memory.of(scene.process()).heapKib());
            return bench.run(false, number -> measure(bench, scene, empty, number));
        }
    }

    private Scene scene(HallUnderTest hall, Lines callLines, Bench bench) throws Exception {
        var gateway = hall.addresses(Service.GATEWAY).getFirst();
        var process = hall.state().processes().stream()
                .filter(running -> running.address().equals(gateway))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No process listens on " + gateway))
                .process()
                .id();
        int possible = (int) Math.min(
                streams,
                Math.min(
                        OpenFiles.free(process.pid()),
                        OpenFiles.free(ProcessHandle.current().pid())));
        if (possible < streams) {
            bench.note(
                    "limit",
                    "%d streams instead of %d: a process may have %s files open here (ulimit -n)"
                            .formatted(
                                    possible,
                                    streams,
                                    OpenFiles.limit(process.pid()).orElse(0)));
        }
        var cast = new Cast(hall);
        try (var journal = new JournalView(hall.bootstrap(), hall.cell().name())) {
            journal.await(
                    rooms + " rooms of " + GAME + ", all partitions owned",
                    it -> it.isOwnedBy(new HashSet<>(hall.addresses(Service.ROOM)))
                            && it.rooms(GAME).size() >= rooms,
                    OWNED_MAX);
            var chosen = journal.rooms(GAME).stream()
                    .filter(room -> room.memberCount() == 0)
                    .limit(rooms)
                    .toList();
            if (chosen.size() < rooms) throw new IllegalStateException("There are no " + rooms + " empty rooms.");
            var ids = chosen.stream().map(JournalView.Room::id).toList();
            int members = Math.min(
                    possible,
                    chosen.stream().mapToInt(JournalView.Room::capacity).sum());
            bench.say("signing " + possible + " session tokens ...");
            var players = cast.withTokens(cast.players(possible, ids));
            return new Scene(hall, gateway, process, new GatewayCalls(callLines, List.of(gateway)), players, members);
        }
    }

    /** Cold processes are warmed by a few runs of few streams. */
    private void warmUp(Bench bench, Scene scene) throws Exception {
        int few = Math.min(WARM_UP_STREAMS, scene.players().size());
        for (int number = 1; number <= WARM_UPS; number++) {
            var lasts = options.warmsUp().dividedBy(WARM_UPS);
            bench.say("warm-up    "
                    + run(bench, scene, "warm-up " + number, few, lasts, new Figures(), null)
                            .line());
        }
    }

    private Figures measure(Bench bench, Scene scene, Memory empty, int number) throws Exception {
        int all = scene.players().size();
        return run(bench, scene, "run " + number, all, options.lasts(), new Figures(), empty);
    }

    /** @param empty null: memory does not matter */
    private Figures run(Bench bench, Scene scene, String name, int count, Duration lasts, Figures figures, Memory empty)
            throws Exception {
        var players = scene.players().subList(0, count);
        var listeners = scene.listeners(count);
        var broadcast = new Broadcast(name, scene.calls(), listeners);
        try (var connections = new Lines(scene.players().size(), Sources.loopback(PER_ADDRESS));
                var live = new LiveStreams(
                        new GatewayStreams(connections, scene.gateway()), (player, event) -> broadcast.heard(event))) {
            var before = CpuUse.now(scene.hall().state());
            double seconds;
            try (var _ = new Ticker(System.out, name + ", streams opened", live::opened)) {
                seconds = live.open(players, connecting);
            }
            var opened = CpuUse.now(scene.hall().state());
            figures.with("streams", live.live()).with("connect_per_s", Math.rint(live.opened() / seconds));
            if (empty != null) Memory.of(scene.process()).since(empty, count, figures);
            Crowd.<EnterReply>all("Entering the rooms", listeners, connecting, (player, done) -> scene.calls()
                    .enter(player, "", done));
            long events = live.events();
            Broadcast.Heard heard;
            try (var _ = new Ticker(System.out, name + ", events", live::events)) {
                heard = broadcast.run(lasts, lines);
            }
            report(bench, live, broadcast);
            figures.with("broadcast_p50_ms", heard.last().percentileMs(50))
                    .with("broadcast_p99_ms", heard.last().percentileMs(99))
                    .with("each_p99_ms", heard.each().percentileMs(99))
                    .with("events_per_s", Math.rint((live.events() - events) / (double) lasts.toSeconds()))
                    .with("lines", heard.lines())
                    .with("errors", sum(live.errors()) + sum(broadcast.errors()) + heard.missing())
                    .with("repeated", live.repeated());
            figures.withCpu(opened.since(before), live.opened());
        }
        awaitClosed(scene);
        return figures;
    }

    private static void report(Bench bench, LiveStreams live, Broadcast broadcast) {
        live.errors().forEach((reason, number) -> bench.say("           stream: " + reason + " x" + number));
        broadcast.errors().forEach((reason, number) -> bench.say("           line: " + reason + " x" + number));
    }

    private static long sum(Map<String, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The next run may begin, and the memory of none be measured, only when the gateway has let go of all streams. */
    private static void awaitClosed(Scene scene) {
        long pid = scene.process().pid();
        long until = System.nanoTime() + CLOSED_MAX.toNanos();
        long most = scene.players().size() / 100 + 500;
        while (OpenFiles.count(pid).orElse(0) > most && System.nanoTime() < until) Stopper.pause(LOOK_MS);
    }

    private TemporaryHall.Plan plan() {
        var java = new HashMap<>(options.javaOptions());
        // 20,000 streams and their players do not fit into a laptop's 384 MiB.
        java.merge("gateway", "-Xmx1g", (own, ours) -> ours + " " + own);
        return new TemporaryHall.Plan(
                List.of(Service.ROOM, Service.GATEWAY),
                Map.of(),
                Math.max(rooms, 5),
                java,
                TemporaryHall.LOOPBACK_UNLIMITED);
    }

    private void check() {
        options.check();
        options.within("--streams", streams, 1, 200_000);
        options.within("--connecting", connecting, 1, 10_000);
        options.within("--rooms", rooms, 1, Math.min(streams, 1_000));
        options.within("--lines", lines, 1, 10_000);
    }
}

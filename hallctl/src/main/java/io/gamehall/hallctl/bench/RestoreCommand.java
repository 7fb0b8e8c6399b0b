package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.Answer;
import io.gamehall.hallctl.load.Lines;
import io.gamehall.hallctl.load.OwnerCalls;
import io.gamehall.hallctl.load.Player;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.hallctl.process.Stopper;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import io.gamehall.v1.EnterReply;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench restore}: how soon a room-service is there again, with a whole region's members in its journal. */
@Command(
        name = "restore",
        description = "A room-service starts on a journal full of members: until it is ready, and until it answers.",
        footer = {
            "Always on a temporary hall. Each run starts the process anew on the same journal.",
            "Figures: ready_ms, first_answer_ms, all_partitions_ms (all from the start of the process), members,",
            "rss_mib, wrong_answers (must be 0)."
        })
final class RestoreCommand implements Callable<Integer> {
    private static final List<Target> TARGETS = List.of(Target.atMost("ready_ms", 10_000, 10_000));
    private static final Duration STEP_MAX = Duration.ofSeconds(120);
    private static final int TIMEOUT_MS = 1_000;
    private static final long POLL_MS = 10;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--members",
            defaultValue = "500000",
            paramLabel = "N",
            description = "Members in the journal, 400 to a room, all seated (default: ${DEFAULT-VALUE}).")
    private int members;

    private record Started(HallState state, ProcessAge age, long pid) {}

    @Override
    public Integer call() throws Exception {
        options.check();
        options.within("--members", members, JournalFill.PER_ROOM, 2_000_000);
        var bench = new Bench("restore", options, TARGETS, System.out);
        bench.introduce("a room-service starts on a journal of " + members + " members");
        try (var hall = new TemporaryHall()) {
            var filled = fill(hall, bench);
            bench.note("heap", plan().javaOptions().get("room"));
            return bench.run(false, number -> {
                try {
                    return measure(hall, filled);
                } finally {
                    hall.stop();
                }
            });
        }
    }

    private JournalFill.Filled fill(TemporaryHall hall, Bench bench) throws IOException {
        var servers = hall.start(new TemporaryHall.Plan(List.of(), Map.of(), 0, options.javaOptions(), Map.of()));
        var start = Instant.now();
        var cell = servers.cells().getFirst();
        var filled = JournalFill.write(bootstrap(servers), cell.name(), cell.number(), members);
        bench.note(
                "journal",
                "%d records, written in %.1f s"
                        .formatted(
                                filled.records(),
                                Duration.between(start, Instant.now()).toMillis() / 1000.0));
        hall.stop();
        return filled;
    }

    private Figures measure(TemporaryHall hall, JournalFill.Filled filled) throws Exception {
        hall.launch(plan());
        var started = await("the process to start", () -> started(hall));
        var address = "127.0.0.1:"
                + started.state().cells().getFirst().services().get("room").getFirst();
        var health = URI.create("http://" + address + "/q/health/ready");
        await("readiness", () -> isReady(health) ? Optional.of(true) : Optional.empty());
        long readyMs = started.age().millis();
        try (var lines = new Lines(1)) {
            var credential = new Credentials(hall.directory().keys()).serviceCredential();
            var calls = new OwnerCalls(lines, credential, address);
            int wrong = 0;
            long firstMs = 0;
            for (var witness : filled.witnesses()) {
                var reply = await("an answer of " + witness.room(), () -> members(calls, witness));
                if (firstMs == 0) firstMs = started.age().millis();
                if (reply != JournalFill.PER_ROOM) wrong++;
            }
            long allMs = started.age().millis();
            var rss = io.gamehall.hallctl.process.ProcessId.of(
                            ProcessHandle.of(started.pid()).orElseThrow())
                    .rssMib();
            return new Figures()
                    .with("ready_ms", readyMs)
                    .with("members", filled.members())
                    .with("first_answer_ms", firstMs)
                    .with("all_partitions_ms", allMs)
                    .with("rss_mib", rss.map(Number::doubleValue).orElse(0.0))
                    .with("wrong_answers", wrong);
        }
    }

    /** The members of the witness' room, as told to one of them who comes back; empty while nobody decides yet. */
    private static Optional<Integer> members(OwnerCalls calls, Player witness) {
        var answered = new CompletableFuture<Answer<EnterReply>>();
        calls.enter(witness, "", answered::complete);
        return switch (answered.orTimeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .exceptionally(late -> null)
                .join()) {
            case null -> Optional.empty();
            case Answer.Given<EnterReply>(EnterReply reply) -> Optional.of(reply.getMembers());
            case Answer.Not<EnterReply>(var why) when why.isPassing() -> Optional.empty();
            case Answer.Not<EnterReply>(var why) ->
                throw new IllegalStateException("A member is refused: " + why.reason() + ": " + why.detail());
        };
    }

    private static Optional<Started> started(TemporaryHall hall) {
        return hall.state().flatMap(state -> state.processes().stream()
                .filter(running -> running.name().equals(Service.ROOM.label()))
                .findFirst()
                .map(room -> new Started(
                        state,
                        ProcessAge.of(room.process().pid()),
                        room.process().pid())));
    }

    private static boolean isReady(URI health) {
        try {
            var connection = (HttpURLConnection) health.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    private static <T> T await(String what, Supplier<Optional<T>> reached) {
        var until = Instant.now().plus(STEP_MAX);
        while (true) {
            var found = reached.get();
            if (found.isPresent()) return found.get();
            if (Instant.now().isAfter(until)) {
                throw new IllegalStateException("Waited " + STEP_MAX.toSeconds() + " s in vain for " + what);
            }
            Stopper.pause(POLL_MS);
        }
    }

    private TemporaryHall.Plan plan() {
        var java = new HashMap<>(options.javaOptions());
        // Half a million members and their copy as owner do not fit into a laptop's 384 MiB.
        java.merge("room", "-Xmx1g", (own, ours) -> ours + " " + own);
        return new TemporaryHall.Plan(List.of(Service.ROOM), Map.of(), 0, java, Map.of());
    }

    private static String bootstrap(HallState state) {
        return "127.0.0.1:" + state.servers().kafkaPort();
    }
}

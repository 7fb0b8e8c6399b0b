package io.gamehall.gateway.play;

import static io.gamehall.gateway.testing.Client.info;
import static io.gamehall.gateway.testing.Client.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.RoomClaims.Answer;
import io.gamehall.gateway.play.RoomClaims.Claim;
import io.gamehall.gateway.play.RoomClaims.Outcome;
import io.gamehall.gateway.play.redis.OtherGateway;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.gateway.testing.OwnerPeer;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.LeaveReply;
import io.gamehall.v1.LeaveRequest;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways, one registry, one room for each player and game. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class OneRoomTest {
    private static final int PLAYERS = 200;

    private Client client;
    private JournalWriter journal;
    private OtherGateway other;
    private PlayCalls calls;
    private final Directory directory;
    private final PlayCalls here;
    private final RoomClaims claims;
    private final Vertx vertx;
    private final Cell cell;
    private final PlayConfig config;
    private final EntryConfig entryConfig;
    private final MeterRegistry meters;

    OneRoomTest(
            Directory directory,
            PlayCalls here,
            RoomClaims claims,
            Vertx vertx,
            Cell cell,
            PlayConfig config,
            EntryConfig entryConfig,
            MeterRegistry meters) {
        this.directory = directory;
        this.here = here;
        this.claims = claims;
        this.vertx = vertx;
        this.cell = cell;
        this.config = config;
        this.entryConfig = entryConfig;
        this.meters = meters;
    }

    // Not in fields: Quarkus makes a second instance of the test class that no test runs on.
    @BeforeEach
    void open() {
        client = new Client();
        journal = new JournalWriter();
        var hosts = ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class);
        other = new OtherGateway(vertx, hosts, cell, config, entryConfig);
        calls = gateway(other.claims());
    }

    @AfterEach
    void close() {
        client.close();
        journal.close();
        other.close();
    }

    @Test
    void of_two_entries_at_the_same_moment_through_two_gateways_one_is_let_in() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        open("race-a", "race");
        open("race-b", "race");
        var rooms = List.of(new RoomId("race-a"), new RoomId("race-b"));
        assertThat(PlayCalls.partition(rooms.getFirst())).isNotEqualTo(PlayCalls.partition(rooms.getLast()));
        var members = new ConcurrentHashMap<PlayerId, Set<RoomId>>();
        var one = eventLoop();
        var two = eventLoop();
        var entries = new HashMap<PlayerId, List<CompletableFuture<String>>>();
        for (long id = 15_001; id <= 15_000 + PLAYERS; id++) {
            var player = new PlayerId(id);
            var both = new ArrayList<CompletableFuture<String>>();
            for (var room : rooms) {
                var gateway = room == rooms.getFirst() ? here : calls;
                var slow = Duration.ofNanos(random.nextInt(10_000_000));
                var answer = new CompletableFuture<String>();
                // As calls come in: on event loops, whose connections carry any number of them.
                var loop = room == rooms.getFirst() ? one : two;
                loop.runOnContext(
                        run -> enter(gateway, player, room, slow, members).thenAccept(answer::complete));
                both.add(answer);
            }
            entries.put(player, both);
        }

        entries.forEach((player, both) -> {
            var answers = both.stream().map(CompletableFuture::join).sorted().toList();
            assertThat(members.get(player))
                    .as("rooms of %s, seed %d", player, seed)
                    .hasSize(1);
            assertThat(answers)
                    .as("answers to %s, seed %d", player, seed)
                    .hasSize(2)
                    .contains("OK");
            assertThat(answers.getFirst()).isIn("ALREADY_ENTERING", "ALREADY_IN_ROOM");
        });
    }

    @Test
    void while_an_entry_is_under_way_another_is_told_to_come_back_and_its_repeat_is_not() throws Exception {
        long player = 15_301;
        try (var owner = new OwnerPeer(OneRoomTest::entered)) {
            journal.open(directory, "twice-a", "twice", owner.endpoint());
            journal.open(directory, "twice-b", "twice", owner.endpoint());
            other.claims()
                    .claim(claim(player, "twice", "twice-a", "mine"))
                    .await()
                    .indefinitely();

            var refused = catchThrowableOfType(StatusRuntimeException.class, () -> enter(player, "twice-b", "another"));
            assertThat(info(refused).getReason()).isEqualTo("ALREADY_ENTERING");
            var retry =
                    StatusProto.fromThrowable(refused).getDetailsList().get(1).unpack(RetryInfo.class);
            assertThat(retry.getRetryDelay().getNanos()).isPositive();
            assertThat(reason(() -> autoEnter(player, "twice"))).isEqualTo("ALREADY_ENTERING");
            assertThat(reason(() -> enter(player, "twice-b", "mine"))).isEqualTo("ALREADY_ENTERING");
            assertThat(owner.asked).isEmpty();
            assertThat(enter(player, "twice-a", "mine").getRoomId()).isEqualTo("twice-a");
        }
    }

    @Test
    void a_room_that_no_journal_shows_yet_is_the_player_s_room_at_every_gateway_until_it_is_left() {
        long player = 15_302;
        try (var owner = new OwnerPeer(OneRoomTest::entered)) {
            journal.open(directory, "held-a", "held", owner.endpoint());
            journal.open(directory, "held-b", "held", owner.endpoint());
            enter(player, "held-a", "");

            assertThat(refusal(calls, player, "held-b")).isEqualTo("ALREADY_IN_ROOM");
            assertThat(reason(() -> enter(player, "held-b", ""))).isEqualTo("ALREADY_IN_ROOM");
            autoEnter(player, "held");
            assertThat(owner.asked.getLast().getAutoEnter().getPartition())
                    .isEqualTo(JournalWriter.partition("held-a"));

            client.play(TestTickets.player(player))
                    .leave(LeaveRequest.newBuilder().setRoomId("held-a").build());
            assertThat(enter(player, "held-b", "").getRoomId()).isEqualTo("held-b");
        }
    }

    @Test
    void a_refused_entry_leaves_things_as_they_were() {
        long player = 15_303;
        try (var owner = new OwnerPeer(command -> {
            if (command.getEnter().getRoomId().equals("full-a")) throw new Refusal(Reason.ROOM_FULL, "full");
            return entered(command);
        })) {
            journal.open(directory, "full-a", "full", owner.endpoint());
            journal.open(directory, "full-b", "full", owner.endpoint());

            assertThat(reason(() -> enter(player, "full-a", ""))).isEqualTo("ROOM_FULL");

            assertThat(enter(player, "full-b", "").getRoomId()).isEqualTo("full-b");
        }
    }

    @Test
    void who_waits_for_a_room_leaves_its_line_also_when_the_journal_does_not_show_it_yet() {
        long player = 15_304;
        try (var owner = new OwnerPeer(OneRoomTest::entered)) {
            journal.open(directory, "wait-a", "wait", owner.endpoint());
            journal.open(directory, "wait-c", "wait", owner.endpoint());
            assertThat(JournalWriter.partition("wait-a")).isNotEqualTo(JournalWriter.partition("wait-c"));
            client.play(TestTickets.player(player))
                    .enter(EnterRequest.newBuilder()
                            .setRoomId("wait-a")
                            .setWaitIfFull(true)
                            .build());

            enter(player, "wait-c", "");

            assertThat(owner.asked.get(1).getLeave().getRoomId()).isEqualTo("wait-a");
            assertThat(owner.asked.get(2).getEnter().getRoomId()).isEqualTo("wait-c");
        }
    }

    @Test
    void the_claim_of_a_gateway_that_died_before_the_answer_blocks_its_player_for_a_moment_only() {
        long player = 15_305;
        try (var owner = new OwnerPeer(OneRoomTest::entered)) {
            journal.open(directory, "dead-a", "dead", owner.endpoint());
            journal.open(directory, "dead-b", "dead", owner.endpoint());
            var claim = claim(player, "dead", "dead-a", "of-the-dead");
            assertThat(other.claims().claim(claim).await().indefinitely()).isInstanceOf(Answer.Granted.class);

            assertThat(reason(() -> enter(player, "dead-b", "next"))).isEqualTo("ALREADY_ENTERING");

            await().ignoreExceptions()
                    .until(() -> enter(player, "dead-b", "next").getRoomId().equals("dead-b"));
            // The dead one was only slow: what it brings now is too late.
            other.claims()
                    .settle(claim, new Outcome.In(new RoomId("dead-a")))
                    .await()
                    .indefinitely();
            assertThat(reason(() -> enter(player, "dead-a", ""))).isEqualTo("ALREADY_IN_ROOM");
        }
    }

    @Test
    void an_entry_that_nobody_answered_is_in_doubt_for_a_moment() {
        long player = 15_306;
        var claim = claim(player, "doubt", "doubt-a", "first");
        claims.claim(claim).await().indefinitely();
        claims.settle(claim, new Outcome.Doubtful(System.currentTimeMillis()))
                .await()
                .indefinitely();

        var busy = other.claims()
                .claim(claim(player, "doubt", "doubt-b", "second"))
                .await()
                .indefinitely();
        assertThat(busy).isInstanceOf(Answer.Busy.class);
        assertThat(((Answer.Busy) busy).rest()).isLessThanOrEqualTo(entryConfig.doubt());
        assertThat(claims.claim(claim).await().indefinitely()).as("its repeat").isInstanceOf(Answer.Granted.class);
    }

    @Test
    void an_entry_that_an_owner_may_still_decide_is_in_doubt_until_it_can_not() {
        long player = 15_309;
        var claim = claim(player, "late", "late-a", "first");
        claims.claim(claim).await().indefinitely();
        long notAfterMs = System.currentTimeMillis() + config.deadline().toMillis();
        claims.settle(claim, new Outcome.Doubtful(notAfterMs)).await().indefinitely();

        var busy = other.claims()
                .claim(claim(player, "late", "late-b", "second"))
                .await()
                .indefinitely();

        assertThat(busy).isInstanceOf(Answer.Busy.class);
        assertThat(((Answer.Busy) busy).rest()).isGreaterThan(entryConfig.doubt());
    }

    @Test
    void the_room_that_the_registry_names_is_not_passed_by_when_its_owner_can_not_be_reached() {
        long player = 15_311;
        var gone = new OwnerPeer(OneRoomTest::entered);
        try (var owner = new OwnerPeer(OneRoomTest::entered)) {
            journal.open(directory, "named-a", "named", gone.endpoint());
            journal.open(directory, "named-b", "named", owner.endpoint());
            var partition = JournalWriter.partition("named-a");
            assertThat(partition).isNotEqualTo(JournalWriter.partition("named-b"));
            enter(player, "named-a", "");
            gone.close();

            assertThat(reason(() -> autoEnter(player, "named"))).isEqualTo("OWNER_UNAVAILABLE");

            assertThat(owner.asked).isEmpty();
        }
    }

    @Test
    void who_met_a_bug_may_be_in_and_whom_a_busy_owner_turned_away_is_not() {
        long player = 15_310;
        try (var owner = new OwnerPeer(command -> switch (command.getEnter().getRoomId()) {
            case "fail-bug" -> throw new Refusal(Reason.INTERNAL, "a bug");
            case "fail-busy" -> throw new Refusal(Reason.OVERLOADED, "busy").retryAfter(Duration.ofMillis(10));
            default -> entered(command);
        })) {
            for (var room : List.of("fail-bug", "fail-busy", "fail-not")) {
                journal.open(directory, room, "fail", owner.endpoint());
            }

            assertThat(reason(() -> enter(player, "fail-busy", ""))).isEqualTo("OVERLOADED");
            assertThat(reason(() -> enter(player, "fail-bug", "")))
                    .as("nothing of the last one is in the way")
                    .isEqualTo("INTERNAL");
            assertThat(reason(() -> enter(player, "fail-not", ""))).isEqualTo("ALREADY_ENTERING");
        }
    }

    @Test
    void of_two_rooms_of_a_game_the_one_that_was_told_counts_and_else_the_first_seen() {
        var anna = new PlayerId(15_307);
        var bert = new PlayerId(15_308);
        var told = claim(anna.value(), "double", "double-b", "told");
        claims.claim(told).await().indefinitely();
        claims.settle(told, new Outcome.In(new RoomId("double-b"))).await().indefinitely();
        var both = List.of(new RoomId("double-a"), new RoomId("double-b"));

        var counts = other.claims()
                .learn(Map.of(anna, Map.of("double", both), bert, Map.of("double", both)))
                .await()
                .indefinitely();

        assertThat(counts.get(anna)).containsEntry("double", new RoomId("double-b"));
        assertThat(counts.get(bert)).containsEntry("double", new RoomId("double-a"));
        assertThat(claims.claim(new Claim(bert, "double", Optional.of(new RoomId("double-c")), "later", both))
                        .await()
                        .indefinitely())
                .isEqualTo(new Answer.Held(new RoomId("double-a")));
    }

    private CompletableFuture<String> enter(
            PlayCalls gateway, PlayerId player, RoomId room, Duration slow, Map<PlayerId, Set<RoomId>> members) {
        OwnerCall<RoomId> call = (endpoint, partition, deadline) -> Uni.createFrom()
                .item(room)
                .onItem()
                .delayIt()
                .by(slow)
                .invoke(entered -> members.computeIfAbsent(player, first -> ConcurrentHashMap.newKeySet())
                        .add(entered));
        var entrant = new Entrant<RoomId>(
                player,
                1,
                player.value() + "-" + room,
                left -> call,
                entered -> Optional.of(new Entrant.Place(Optional.of(entered), false)));
        return gateway.enter(entrant, room, call)
                .map(entered -> "OK")
                .onFailure(Refusal.class)
                .recoverWithItem(refused -> ((Refusal) refused).reason().name())
                .subscribeAsCompletionStage();
    }

    private String refusal(PlayCalls gateway, long player, String room) {
        return enter(gateway, new PlayerId(player), new RoomId(room), Duration.ofMillis(1), new ConcurrentHashMap<>())
                .join();
    }

    private EnterReply enter(long player, String room, String requestId) {
        return client.play(TestTickets.player(player))
                .enter(EnterRequest.newBuilder()
                        .setRoomId(room)
                        .setRequestId(requestId)
                        .build());
    }

    private void autoEnter(long player, String game) {
        client.play(TestTickets.player(player))
                .autoEnter(AutoEnterRequest.newBuilder().setGame(game).build());
    }

    private void open(String room, String game) {
        journal.open(directory, room, game, "127.0.0.1:1");
    }

    private PlayCalls gateway(RoomClaims registry) {
        var owners = new Owners(directory, endpoint -> false, config);
        var entries = new Entries(
                registry, new RoomsHeld(directory, registry), directory, vertx, meters, config, entryConfig);
        return new PlayCalls(directory, owners, new WaitLists(directory, owners), entries, config);
    }

    private Context eventLoop() {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    private static Claim claim(long player, String game, String room, String requestId) {
        return new Claim(new PlayerId(player), game, Optional.of(new RoomId(room)), requestId, List.of());
    }

    private static RoomCommandReply entered(RoomCommandRequest command) {
        var reply = RoomCommandReply.newBuilder();
        if (command.hasLeave())
            return reply.setLeft(LeaveReply.getDefaultInstance()).build();
        var entered = EnterReply.newBuilder()
                .setMembers(1)
                .setRoomId(command.getEnter().getRoomId());
        if (command.getEnter().getWaitIfFull()) entered.setWaitPosition(1);
        return reply.setEntered(entered).build();
    }
}

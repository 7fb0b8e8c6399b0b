package io.gamehall.gateway.play;

import static io.gamehall.gateway.testing.Client.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.gateway.testing.OwnerPeer;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class AutoEnterTest {
    private static final long PLAYER = 12_001;

    private Client client;
    private JournalWriter journal;
    private final Directory directory;

    AutoEnterTest(Directory directory) {
        this.directory = directory;
    }

    // Not in fields: Quarkus makes a second instance of the test class that no test runs on.
    @BeforeEach
    void open() {
        client = new Client();
        journal = new JournalWriter();
    }

    @AfterEach
    void close() {
        client.close();
        journal.close();
    }

    @Test
    void the_fullest_room_s_partition_is_asked_first_and_where_it_is_full_the_next() {
        try (var owner = new OwnerPeer(fullIn("auto-full", Map.of()))) {
            long term = open("auto-full", "auto-a", owner);
            member(term, "auto-full", 12_100);
            open("auto-space-2", "auto-a", owner);

            autoEnter("auto-a");

            assertThat(partitions(owner)).isEqualTo(partitions("auto-full", "auto-space-2"));
        }
    }

    @Test
    void the_rooms_that_the_owner_names_come_before_those_of_the_directory() {
        try (var owner = new OwnerPeer(fullIn("named-full", Map.of("alternatives", "named-last,named-next")))) {
            long full = open("named-full", "auto-b", owner);
            member(full, "named-full", 12_101);
            member(full, "named-full", 12_102);
            member(open("named-next", "auto-b", owner), "named-next", 12_103);
            open("named-last", "auto-b", owner);

            autoEnter("auto-b");

            assertThat(partitions(owner)).isEqualTo(partitions("named-full", "named-last"));
        }
    }

    @Test
    void while_a_room_seems_to_have_space_its_owner_is_asked_again_as_another_request() {
        var calls = new AtomicInteger();
        try (var owner = new OwnerPeer(command -> {
            if (calls.incrementAndGet() < 4) throw new Refusal(Reason.GAME_FULL, "just now");
            return entered(command);
        })) {
            open("again-a", "auto-c", owner);

            client.play(TestTickets.player(PLAYER))
                    .autoEnter(AutoEnterRequest.newBuilder()
                            .setGame("auto-c")
                            .setRequestId("mine")
                            .build());

            assertThat(owner.asked)
                    .hasSize(4)
                    .extracting(RoomCommandRequest::getRequestId)
                    .doesNotHaveDuplicates()
                    .startsWith("mine");
        }
    }

    @Test
    void when_no_room_has_space_each_partition_is_asked_once_and_then_the_call_is_refused() {
        try (var owner = new OwnerPeer(command -> {
            throw new Refusal(Reason.GAME_FULL, "full").with(Map.of("open", "0"));
        })) {
            fill("none-a", "auto-d", owner, 12_104);
            fill("none-b", "auto-d", owner, 12_105);

            assertThat(reason(() -> autoEnter("auto-d"))).isEqualTo("GAME_FULL");

            assertThat(partitions(owner)).hasSize(2).doesNotHaveDuplicates();
            assertThat(reason(() -> autoEnter("auto-d")))
                    .as("nothing of the first call is in the way")
                    .isEqualTo("GAME_FULL");
        }
    }

    @Test
    void a_room_that_opens_while_the_others_are_asked_is_found() {
        try (var other = new OwnerPeer(AutoEnterTest::entered);
                var owner = new OwnerPeer(command -> {
                    open("late-b", "auto-e", other);
                    throw new Refusal(Reason.GAME_FULL, "full");
                })) {
            long term = fill("late-a", "auto-e", owner, 12_106);

            autoEnter("auto-e");

            assertThat(owner.asked).hasSize(1);
            assertThat(other.asked).hasSize(1);
            journal.leave(term, "late-a", 12_106);
        }
    }

    @Test
    void who_asks_again_while_a_search_is_under_way_gets_its_room_and_no_second_one() throws Exception {
        var release = new CountDownLatch(1);
        try (var owner = new OwnerPeer(command -> {
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return entered(command);
        })) {
            open("once-a", "auto-h", owner);
            open("once-b", "auto-h", owner);
            var first = CompletableFuture.runAsync(() -> autoEnter("auto-h"), Thread::startVirtualThread);
            await().until(() -> owner.asked.size() == 1);
            var second = CompletableFuture.runAsync(() -> autoEnter("auto-h"), Thread::startVirtualThread);
            // Long enough for the second to arrive, which nothing shows.
            await().during(Duration.ofSeconds(1)).until(() -> searches(owner) == 1);
            release.countDown();

            CompletableFuture.allOf(first, second).get(20, TimeUnit.SECONDS);

            assertThat(searches(owner)).isEqualTo(1);
        }
    }

    @Test
    void a_partition_whose_owner_can_not_be_reached_is_passed_by() {
        var gone = new OwnerPeer(AutoEnterTest::entered);
        try (var other = new OwnerPeer(AutoEnterTest::entered)) {
            long term = open("gone-a", "auto-i", gone);
            member(term, "gone-a", 12_110);
            open("gone-b", "auto-i", other);
            assertThat(partitions("gone-a", "gone-b")).hasSize(2);
            gone.close();

            autoEnter("auto-i");

            assertThat(partitions(other)).isEqualTo(partitions("gone-b"));
        }
    }

    @Test
    void when_no_owner_can_be_reached_nobody_says_that_the_rooms_are_full() {
        var gone = new OwnerPeer(AutoEnterTest::entered);
        try (var full = new OwnerPeer(command -> {
            throw new Refusal(Reason.GAME_FULL, "full");
        })) {
            open("lost-a", "auto-j", gone);
            fill("lost-b", "auto-j", full, 12_111);
            assertThat(partitions("lost-a", "lost-b")).hasSize(2);
            gone.close();

            assertThat(reason(() -> autoEnter("auto-j"))).isEqualTo("OWNER_UNAVAILABLE");
        }
    }

    @Test
    void after_an_owner_that_may_have_let_the_player_in_no_other_is_asked() {
        var end = new CountDownLatch(1);
        try (var other = new OwnerPeer(AutoEnterTest::entered);
                var silent = new OwnerPeer(command -> {
                    try {
                        end.await();
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                    return entered(command);
                })) {
            long term = open("silent-a", "auto-k", silent);
            member(term, "silent-a", 12_112);
            open("silent-b", "auto-k", other);
            assertThat(partitions("silent-a", "silent-b")).hasSize(2);

            assertThat(reason(() -> autoEnter("auto-k"))).isEqualTo("OWNER_UNAVAILABLE");

            assertThat(other.asked).isEmpty();
            assertThat(searches(silent)).isEqualTo(1);
            end.countDown();
        }
    }

    /** However often one of them is tried. */
    private static long searches(OwnerPeer owner) {
        return owner.asked.stream()
                .map(RoomCommandRequest::getRequestId)
                .distinct()
                .count();
    }

    @Test
    void what_is_no_game_is_refused() {
        assertThat(reason(() -> autoEnter("chess"))).isEqualTo("GAME_UNKNOWN");
        assertThat(reason(() -> autoEnter(""))).isEqualTo("REQUEST_INVALID");
    }

    @Test
    void who_waits_for_a_room_leaves_its_line_before_entering_another() {
        try (var owner = new OwnerPeer(AutoEnterTest::entered)) {
            long term = fill("line-full", "auto-f", owner, 12_107);
            line(term, "line-full");
            open("line-space", "auto-f", owner);

            autoEnter("auto-f");

            assertThat(owner.asked).hasSize(2);
            assertThat(owner.asked.getFirst().getLeave().getRoomId()).isEqualTo("line-full");
            assertThat(owner.asked.getFirst().getPlayerId()).isEqualTo(PLAYER);
            assertThat(owner.asked.getLast().getAutoEnter().getPartition())
                    .isEqualTo(JournalWriter.partition("line-space"));
            journal.leave(term, "line-full", PLAYER);
        }
    }

    @Test
    void who_waits_stays_in_line_while_every_room_is_full() {
        try (var owner = new OwnerPeer(command -> {
            throw new Refusal(Reason.GAME_FULL, "full");
        })) {
            fill("stay-other", "auto-g", owner, 12_108);
            long term = fill("stay-line", "auto-g", owner, 12_109);
            line(term, "stay-line");

            assertThat(reason(() -> autoEnter("auto-g"))).isEqualTo("GAME_FULL");

            assertThat(owner.asked).hasSize(1);
            assertThat(partitions(owner)).isEqualTo(partitions("stay-line"));
            journal.leave(term, "stay-line", PLAYER);
        }
    }

    private void autoEnter(String game) {
        client.play(TestTickets.player(PLAYER))
                .autoEnter(AutoEnterRequest.newBuilder().setGame(game).build());
    }

    private long open(String room, String game, OwnerPeer owner) {
        return journal.open(directory, room, game, owner.endpoint());
    }

    /** A room for one, who is there. */
    private long fill(String room, String game, OwnerPeer owner, long member) {
        long term = journal.claim(room, owner.endpoint());
        journal.room(term, room, game, 1);
        member(term, room, member);
        await().until(() -> directory
                .room(new RoomId(room))
                .filter(seen -> !seen.hasSpace())
                .isPresent());
        return term;
    }

    private void member(long term, String room, long player) {
        journal.enter(term, room, player);
        await().until(() -> !directory.whereIs(new PlayerId(player)).isEmpty());
    }

    private void line(long term, String room) {
        journal.line(term, room, PLAYER, 1);
        await().until(() -> directory.waitsFor(new PlayerId(PLAYER)).contains(new RoomId(room)));
    }

    private static java.util.function.Function<RoomCommandRequest, RoomCommandReply> fullIn(
            String room, Map<String, String> particulars) {
        return command -> {
            if (command.getAutoEnter().getPartition() == JournalWriter.partition(room)) {
                throw new Refusal(Reason.GAME_FULL, "full by now").with(particulars);
            }
            return entered(command);
        };
    }

    private static List<Integer> partitions(OwnerPeer owner) {
        return owner.asked.stream()
                .map(command -> command.getAutoEnter().getPartition())
                .toList();
    }

    private static List<Integer> partitions(String... rooms) {
        var partitions = Stream.of(rooms).map(JournalWriter::partition).toList();
        assertThat(partitions).as("rooms in different partitions").doesNotHaveDuplicates();
        return partitions;
    }

    private static RoomCommandReply entered(RoomCommandRequest command) {
        return RoomCommandReply.newBuilder()
                .setEntered(EnterReply.newBuilder().setMembers(1))
                .build();
    }
}

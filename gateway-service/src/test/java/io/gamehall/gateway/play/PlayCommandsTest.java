package io.gamehall.gateway.play;

import static io.gamehall.gateway.testing.Client.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
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
import io.gamehall.v1.ChatLine;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.LeaveReply;
import io.gamehall.v1.PlayServiceGrpc.PlayServiceBlockingStub;
import io.gamehall.v1.RelayReply;
import io.gamehall.v1.ReserveSeatsRequest;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.SayReply;
import io.gamehall.v1.SayRequest;
import io.gamehall.v1.SeatOf;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.SeatsReply;
import io.gamehall.v1.SignalRequest;
import io.gamehall.v1.SitRequest;
import io.gamehall.v1.SitTogetherRequest;
import io.gamehall.v1.StandRequest;
import io.gamehall.v1.SwapReply;
import io.gamehall.v1.SwapRequest;
import io.gamehall.v1.WhisperRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each call becomes at the owner, and what its answer becomes for the player. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class PlayCommandsTest {
    private static final long PLAYER = 13_001;
    private static final String ROOM = "commands-a";

    private Client client;
    private JournalWriter journal;
    private final Directory directory;
    private final PlayConfig config;

    PlayCommandsTest(Directory directory, PlayConfig config) {
        this.directory = directory;
        this.config = config;
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
    void sitting_swapping_and_seats_for_friends() {
        long before = System.currentTimeMillis();
        try (var owner = owner()) {
            var sit = SitRequest.newBuilder().setRoomId(ROOM).setTable(2).setSeat(3);
            assertThat(play().sit(sit.build()).getSeat()).isEqualTo(3);
            var sat = owner.asked.getLast();
            assertThat(sat.getSit().getRoomId()).isEqualTo(ROOM);
            assertThat(sat.getSit().getTable()).isEqualTo(2);
            assertThat(sat.getSit().getSeat()).isEqualTo(3);
            assertThat(sat.getPlayerId()).isEqualTo(PLAYER);
            assertThat(sat.getSessionGeneration()).isEqualTo(1);
            assertThat(sat.getRequestId()).isNotEmpty();
            // So that an owner that hears of it when the caller has given up decides nothing.
            assertThat(sat.getNotAfterMs())
                    .isBetween(
                            before + config.deadline().toMillis(),
                            System.currentTimeMillis() + config.deadline().toMillis());

            var swap = SwapRequest.newBuilder().setRoomId(ROOM).setTable(4).setSeat(1);
            assertThat(play().swap(swap.build()).getOther()).isEqualTo(13_002);
            assertThat(owner.asked.getLast().getSwap().getTable()).isEqualTo(4);
            assertThat(owner.asked.getLast().getSwap().getSeat()).isEqualTo(1);

            var group = SitTogetherRequest.newBuilder().setRoomId(ROOM).addFriends(13_002);
            assertThat(play().sitTogether(group.build()).getSeatsList()).hasSize(1);
            assertThat(owner.asked.getLast().getSitTogether().getFriendsList()).containsExactly(13_002L);

            var reserve = ReserveSeatsRequest.newBuilder()
                    .setRoomId(ROOM)
                    .addFriends(13_003)
                    .setSeconds(60);
            assertThat(play().reserveSeats(reserve.build()).getUntilMs()).isEqualTo(5);
            assertThat(owner.asked.getLast().getReserve().getFriendsList()).containsExactly(13_003L);
            assertThat(owner.asked.getLast().getReserve().getSeconds()).isEqualTo(60);
        }
    }

    @Test
    void what_players_say_and_send_each_other() {
        try (var owner = owner()) {
            var say = SayRequest.newBuilder().setRoomId(ROOM).setText("hello").setRequestId("s-1");
            assertThat(play().say(say.build()).getSequence()).isEqualTo(9);
            assertThat(owner.asked.getLast().getSay().getText()).isEqualTo("hello");
            assertThat(owner.asked.getLast().getRequestId()).isEqualTo("s-1");

            var whisper =
                    WhisperRequest.newBuilder().setRoomId(ROOM).setTo(13_002).setText("psst");
            play().whisper(whisper.build());
            assertThat(owner.asked.getLast().getWhisper().getTo()).isEqualTo(13_002);
            assertThat(owner.asked.getLast().getWhisper().getText()).isEqualTo("psst");

            var offer = ByteString.copyFrom(new byte[4_096]);
            play().signal(SignalRequest.newBuilder()
                    .setRoomId(ROOM)
                    .setTo(13_002)
                    .setPayload(offer)
                    .build());
            assertThat(owner.asked.getLast().getSignal().getPayload()).isEqualTo(offer);
        }
    }

    @Test
    void who_enters_may_wait_and_is_told_what_was_said_however_long() {
        var line = ChatLine.newBuilder()
                .setText("\uD83C\uDC04".repeat(500))
                .setRoomId(ROOM)
                .build();
        var entered = EnterReply.newBuilder()
                .setWaitPosition(3)
                .addAllRecentChat(Collections.nCopies(50, line))
                .build();
        try (var owner = owner(entered)) {
            var reply = play().enter(EnterRequest.newBuilder()
                    .setRoomId(ROOM)
                    .setWaitIfFull(true)
                    .build());

            assertThat(owner.asked.getLast().getEnter().getWaitIfFull()).isTrue();
            assertThat(reply).isEqualTo(entered);
            assertThat(reply.getSerializedSize()).isGreaterThan(100_000);
        }
    }

    @Test
    void a_request_id_of_another_call_is_refused() {
        try (var owner = new OwnerPeer(command -> RoomCommandReply.newBuilder()
                .setLeft(LeaveReply.getDefaultInstance())
                .build())) {
            journal.open(directory, ROOM, "commands", owner.endpoint());
            awaitOwner(owner);

            assertThat(reason(() -> play().stand(StandRequest.newBuilder()
                            .setRoomId(ROOM)
                            .setRequestId("used")
                            .build())))
                    .isEqualTo("REQUEST_INVALID");
            assertThat(reason(() -> play().enter(
                                    EnterRequest.newBuilder().setRoomId(ROOM).build())))
                    .isEqualTo("REQUEST_INVALID");
        }
    }

    @Test
    void the_rules_refusals_pass_through() {
        for (var refused : List.of(
                Reason.ALREADY_SEATED,
                Reason.SEAT_TAKEN,
                Reason.PEER_NOT_HERE,
                Reason.WAIT_LIST_FULL,
                Reason.TOO_FAST,
                Reason.TEXT_INVALID,
                Reason.RESERVATIONS_MAX)) {
            try (var owner = new OwnerPeer(command -> {
                throw new Refusal(refused, "so say the rules");
            })) {
                journal.open(directory, ROOM, "commands", owner.endpoint());
                awaitOwner(owner);

                var sit = SitRequest.newBuilder().setRoomId(ROOM).build();
                assertThat(reason(() -> play().sit(sit))).isEqualTo(refused.name());
                assertThat(owner.asked).hasSize(1);
            }
        }
    }

    @Test
    void nonsense_does_not_travel() {
        var sit = SitRequest.newBuilder().setRoomId(ROOM).setTable(-1).build();
        assertThat(reason(() -> play().sit(sit))).isEqualTo("SEAT_NOT_FOUND");
        assertThat(sayReason("")).isEqualTo("TEXT_INVALID");
        assertThat(sayReason("x".repeat(501))).isEqualTo("TEXT_INVALID");
        assertThat(friendsReason()).isEqualTo("REQUEST_INVALID");
        assertThat(friendsReason(1, 1)).isEqualTo("REQUEST_INVALID");
        assertThat(friendsReason(0)).isEqualTo("REQUEST_INVALID");
        assertThat(friendsReason(1, 2, 3, 4, 5, 6, 7, 8)).isEqualTo("REQUEST_INVALID");
        var reserve = ReserveSeatsRequest.newBuilder()
                .setRoomId(ROOM)
                .addFriends(1)
                .setSeconds(121)
                .build();
        assertThat(reason(() -> play().reserveSeats(reserve))).isEqualTo("REQUEST_INVALID");
        var whisper = WhisperRequest.newBuilder().setRoomId(ROOM).setText("a").build();
        assertThat(reason(() -> play().whisper(whisper))).isEqualTo("REQUEST_INVALID");
        var signal = SignalRequest.newBuilder()
                .setRoomId(ROOM)
                .setTo(1)
                .setPayload(ByteString.copyFrom(new byte[4_097]))
                .build();
        assertThat(reason(() -> play().signal(signal))).isEqualTo("REQUEST_INVALID");
    }

    @Test
    void who_enters_a_room_leaves_the_line_for_another_one_of_the_game_first() {
        long waiter = 13_010;
        try (var former = owner(EnterReply.newBuilder().setWaitPosition(1).build());
                var wanted = new OwnerPeer(PlayCommandsTest::answer)) {
            long term = journal.open(directory, "commands-line", "commands-line", former.endpoint());
            journal.open(directory, "commands-wanted", "commands-line", wanted.endpoint());
            journal.line(term, "commands-line", waiter, 1);
            await().until(() -> !directory.waitsFor(new PlayerId(waiter)).isEmpty());
            var player = client.play(TestTickets.player(waiter));

            player.enter(EnterRequest.newBuilder().setRoomId("commands-line").build());
            assertThat(former.asked).hasSize(1);
            player.enter(EnterRequest.newBuilder().setRoomId("commands-wanted").build());

            assertThat(former.asked.getLast().getLeave().getRoomId()).isEqualTo("commands-line");
            assertThat(former.asked.getLast().getPlayerId()).isEqualTo(waiter);
            assertThat(wanted.asked).hasSize(1);
            journal.leave(term, "commands-line", waiter);
        }
    }

    @Test
    void a_line_of_the_same_partition_is_left_to_its_owner() {
        long waiter = 13_012;
        var other = Stream.iterate(0, i -> i + 1)
                .map(i -> "commands-same-" + i)
                .filter(room -> JournalWriter.partition(room) == JournalWriter.partition("commands-same"))
                .findFirst()
                .orElseThrow();
        try (var owner = new OwnerPeer(PlayCommandsTest::answer)) {
            long term = journal.open(directory, "commands-same", "commands-same", owner.endpoint());
            journal.room(term, other, "commands-same", 20);
            journal.line(term, "commands-same", waiter, 1);
            await().until(() -> !directory.waitsFor(new PlayerId(waiter)).isEmpty());

            client.play(TestTickets.player(waiter))
                    .enter(EnterRequest.newBuilder().setRoomId(other).build());

            assertThat(owner.asked).hasSize(1);
            assertThat(owner.asked.getFirst().getEnter().getRoomId()).isEqualTo(other);
            journal.leave(term, "commands-same", waiter);
        }
    }

    @Test
    void a_line_that_can_t_be_left_does_not_keep_the_player_from_entering() {
        long waiter = 13_011;
        var gone = owner();
        long term = journal.open(directory, "commands-dead", "commands-dead", gone.endpoint());
        gone.close();
        try (var wanted = new OwnerPeer(PlayCommandsTest::answer)) {
            journal.open(directory, "commands-alive", "commands-dead", wanted.endpoint());
            journal.line(term, "commands-dead", waiter, 1);
            await().until(() -> !directory.waitsFor(new PlayerId(waiter)).isEmpty());

            client.play(TestTickets.player(waiter))
                    .enter(EnterRequest.newBuilder().setRoomId("commands-alive").build());

            assertThat(wanted.asked).hasSize(1);
            journal.leave(term, "commands-dead", waiter);
        }
    }

    private PlayServiceBlockingStub play() {
        return client.play(TestTickets.player(PLAYER));
    }

    private String sayReason(String text) {
        return reason(() ->
                play().say(SayRequest.newBuilder().setRoomId(ROOM).setText(text).build()));
    }

    private String friendsReason(long... friends) {
        var request = SitTogetherRequest.newBuilder().setRoomId(ROOM);
        for (long friend : friends) request.addFriends(friend);
        return reason(() -> play().sitTogether(request.build()));
    }

    private OwnerPeer owner() {
        return owner(EnterReply.getDefaultInstance());
    }

    private OwnerPeer owner(EnterReply entered) {
        var owner = new OwnerPeer(command -> command.hasEnter()
                ? RoomCommandReply.newBuilder().setEntered(entered).build()
                : answer(command));
        journal.open(directory, ROOM, "commands", owner.endpoint());
        awaitOwner(owner);
        return owner;
    }

    private void awaitOwner(OwnerPeer owner) {
        await().until(() ->
                directory.owner(JournalWriter.partition(ROOM)).orElse("").equals(owner.endpoint()));
    }

    private static RoomCommandReply answer(RoomCommandRequest command) {
        var reply = RoomCommandReply.newBuilder();
        switch (command.getCommandCase()) {
            case ENTER ->
                reply.setEntered(EnterReply.newBuilder()
                        .setWaitPosition(command.getEnter().getRoomId().equals("commands-line") ? 1 : 0));
            case SIT -> reply.setSeated(SeatReply.newBuilder().setTable(2).setSeat(3));
            case SWAP -> reply.setSwapped(SwapReply.newBuilder().setOther(13_002));
            case SIT_TOGETHER, RESERVE ->
                reply.setSeats(SeatsReply.newBuilder()
                        .addSeats(SeatOf.newBuilder().setSeat(1))
                        .setUntilMs(5));
            case SAY -> reply.setSaid(SayReply.newBuilder().setSequence(9));
            case WHISPER, SIGNAL -> reply.setRelayed(RelayReply.getDefaultInstance());
            case LEAVE -> reply.setLeft(LeaveReply.getDefaultInstance());
            default -> throw new Refusal(Reason.REQUEST_INVALID, "Not of this test");
        }
        return reply.build();
    }
}

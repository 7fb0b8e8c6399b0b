package io.gamehall.gateway.play;

import static io.gamehall.gateway.testing.Client.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;
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
import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.QuickJoinRequest;
import io.gamehall.v1.ReportResultRequest;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.SeatReply;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class PlayTest {
    private static final long PLAYER = 8_001;
    private static final String TOKEN = TestTickets.player(PLAYER);

    private Client client;
    private JournalWriter journal;
    private final Directory directory;

    PlayTest(Directory directory) {
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
    void a_call_goes_to_the_owner_with_player_generation_request_id_and_credential() {
        try (var owner = new OwnerPeer(PlayTest::seat)) {
            open("play-owner", "play-a", owner.endpoint());

            var seat = client.play(TOKEN)
                    .quickJoin(QuickJoinRequest.newBuilder()
                            .setRoomId("play-owner")
                            .setRequestId("r-1")
                            .build());

            assertThat(seat.getTable()).isEqualTo(3);
            var asked = owner.asked.getFirst();
            assertThat(asked.getPlayerId()).isEqualTo(PLAYER);
            assertThat(asked.getSessionGeneration()).isEqualTo(1);
            assertThat(asked.getRequestId()).isEqualTo("r-1");
            assertThat(asked.getQuickJoin().getRoomId()).isEqualTo("play-owner");
            assertThat(owner.credentials)
                    .containsExactly(ConfigProvider.getConfig().getValue("gamehall.service-credential", String.class));
        }
    }

    @Test
    void the_owner_s_refusal_reaches_the_client_unchanged() {
        try (var owner = new OwnerPeer(command -> {
            throw new Refusal(Reason.ROOM_FULL, "400 of 400")
                    .with(Map.of("members", "400", "capacity", "400", "alternatives", "play-x,play-y"));
        })) {
            open("play-full", "play-b", owner.endpoint());

            var refused = catchThrowableOfType(StatusRuntimeException.class, () -> enter("play-full"));

            assertThat(Client.info(refused).getReason()).isEqualTo("ROOM_FULL");
            assertThat(Client.info(refused).getMetadataMap())
                    .containsEntry("members", "400")
                    .containsEntry("alternatives", "play-x,play-y");
            assertThat(owner.asked).hasSize(1);
        }
    }

    @Test
    void a_moved_owner_is_followed_with_the_same_request_id() {
        try (var present = new OwnerPeer(PlayTest::entered);
                var former = new OwnerPeer(command -> {
                    throw new Refusal(Reason.NOT_OWNER, "moved").with(Map.of("owner", present.endpoint()));
                })) {
            open("play-moved", "play-c", former.endpoint());

            enter("play-moved");

            assertThat(former.asked).hasSize(1);
            assertThat(present.asked).hasSize(1);
            assertThat(former.asked.getFirst().getRequestId()).isNotEmpty();
            assertThat(present.asked).isEqualTo(former.asked);
        }
    }

    @Test
    void a_claiming_owner_is_asked_again() {
        var calls = new AtomicInteger();
        try (var owner = new OwnerPeer(command -> {
            if (calls.incrementAndGet() < 3) {
                throw new Refusal(Reason.OWNER_UNAVAILABLE, "claiming").retryAfter(Duration.ofMillis(30));
            }
            return entered(command);
        })) {
            open("play-claiming", "play-d", owner.endpoint());

            enter("play-claiming");

            assertThat(calls).hasValue(3);
        }
    }

    @Test
    void an_owner_that_comes_back_at_another_address_is_found_within_the_deadline() {
        var gone = new OwnerPeer(PlayTest::entered);
        open("play-gone", "play-e", gone.endpoint());
        gone.close();
        try (var next = new OwnerPeer(PlayTest::entered)) {
            var late = Thread.ofVirtual().start(() -> journal.claim("play-gone", next.endpoint()));

            enter("play-gone");

            assertThat(next.asked).hasSize(1);
            assertThat(late.isAlive()).isFalse();
        }
    }

    @Test
    void an_owner_that_says_nothing_leaves_time_for_its_successor() {
        var end = new CountDownLatch(1);
        try (var next = new OwnerPeer(PlayTest::entered);
                var silent = new OwnerPeer(command -> {
                    try {
                        end.await();
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                    return entered(command);
                })) {
            open("play-silent", "play-j", silent.endpoint());
            var moved = Thread.ofVirtual().start(() -> {
                await().until(() -> !silent.asked.isEmpty());
                journal.claim("play-silent", next.endpoint());
            });

            enter("play-silent");

            assertThat(moved.isAlive()).isFalse();
            assertThat(next.asked)
                    .as("the same command, which nobody decides after the same time")
                    .containsExactly(silent.asked.getFirst());
            assertThat(next.asked.getFirst().getNotAfterMs()).isPositive();
            end.countDown();
        }
    }

    @Test
    void without_an_owner_the_client_is_told_to_come_back() throws Exception {
        var gone = new OwnerPeer(PlayTest::entered);
        open("play-nobody", "play-f", gone.endpoint());
        gone.close();

        var refused = catchThrowableOfType(StatusRuntimeException.class, () -> enter("play-nobody"));

        assertThat(Client.info(refused).getReason()).isEqualTo("OWNER_UNAVAILABLE");
        var details = StatusProto.fromThrowable(refused).getDetailsList();
        assertThat(details.get(1).unpack(RetryInfo.class).getRetryDelay().getNanos())
                .isPositive();
    }

    @Test
    void a_second_room_of_a_game_is_refused_and_auto_enter_goes_to_the_first() {
        long player = 8_002;
        try (var owner = new OwnerPeer(PlayTest::entered)) {
            long term = open("second-a", "play-i", owner.endpoint());
            open("second-b", "play-i", owner.endpoint());
            journal.enter(term, "second-a", player);
            await().until(() -> !directory.whereIs(new PlayerId(player)).isEmpty());

            var refused = catchThrowableOfType(StatusRuntimeException.class, () -> client.play(
                            TestTickets.player(player))
                    .enter(EnterRequest.newBuilder().setRoomId("second-b").build()));

            assertThat(Client.info(refused).getReason()).isEqualTo("ALREADY_IN_ROOM");
            assertThat(Client.info(refused).getMetadataMap()).containsEntry("room_id", "second-a");
            assertThat(owner.asked).isEmpty();
            client.play(TestTickets.player(player))
                    .autoEnter(AutoEnterRequest.newBuilder().setGame("play-i").build());
            assertThat(owner.asked.getFirst().getAutoEnter().getPartition())
                    .isEqualTo(JournalWriter.partition("second-a"));
        }
    }

    @Test
    void nonsense_does_not_travel() {
        assertThat(reason(() -> enter(""))).isEqualTo("REQUEST_INVALID");
        assertThat(reason(() -> enter("No Room"))).isEqualTo("REQUEST_INVALID");
        assertThat(reason(() -> client.play(TOKEN)
                        .enter(EnterRequest.newBuilder()
                                .setRoomId("a-room")
                                .setRequestId("x".repeat(65))
                                .build())))
                .isEqualTo("REQUEST_INVALID");
        assertThat(reason(() -> report(9, 1))).isEqualTo("RESULT_INVALID");
        assertThat(reason(() -> report(1, 1_000_001))).isEqualTo("RESULT_INVALID");
    }

    private void report(int scores, int points) {
        var request = ReportResultRequest.newBuilder().setRoomId("a-room");
        for (int i = 1; i <= scores; i++) {
            request.addScores(PlayerScore.newBuilder().setPlayerId(i).setScore(points));
        }
        client.play(TOKEN).reportResult(request.build());
    }

    private void enter(String room) {
        client.play(TOKEN).enter(EnterRequest.newBuilder().setRoomId(room).build());
    }

    private long open(String room, String game, String endpoint) {
        return journal.open(directory, room, game, endpoint);
    }

    private static RoomCommandReply seat(RoomCommandRequest command) {
        return RoomCommandReply.newBuilder()
                .setSeated(SeatReply.newBuilder().setTable(3))
                .build();
    }

    private static RoomCommandReply entered(RoomCommandRequest command) {
        return RoomCommandReply.newBuilder()
                .setEntered(EnterReply.newBuilder().setMembers(1))
                .build();
    }
}

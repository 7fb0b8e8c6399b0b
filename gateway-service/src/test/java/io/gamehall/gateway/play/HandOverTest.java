package io.gamehall.gateway.play;

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
import io.gamehall.v1.QuickJoinRequest;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.SeatReply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partition goes from one owner to the next while players go on playing. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class HandOverTest {
    private static final int PLAYERS = 40;
    private static final int CALLS = 25;

    private Client client;
    private JournalWriter journal;
    private final Directory directory;
    private volatile Function<RoomCommandRequest, RoomCommandReply> former = HandOverTest::seat;

    HandOverTest(Directory directory) {
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
    void no_call_fails_while_a_partition_is_handed_over() throws Exception {
        try (var from = new OwnerPeer(command -> former.apply(command));
                var to = new OwnerPeer(HandOverTest::seat);
                var players = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.open(directory, "hand-over-a", "hand-over", from.endpoint());
            var playing = new ArrayList<Future<Integer>>();
            for (long player = 14_001; player <= 14_000 + PLAYERS; player++) {
                long id = player;
                playing.add(players.submit(() -> play(id)));
            }

            await().until(() -> from.asked.size() >= PLAYERS);
            int served = from.asked.size();
            former = HandOverTest::handingOver;
            await().until(() -> from.asked.size() >= served + PLAYERS);
            former = command -> moved(to);
            await().until(() -> !to.asked.isEmpty());
            journal.claim("hand-over-a", to.endpoint());

            int answered = 0;
            for (var player : playing) answered += player.get();
            assertThat(answered).isEqualTo(PLAYERS * CALLS);
            var all = new HashSet<>(requestIds(from.asked));
            all.addAll(requestIds(to.asked));
            assertThat(all)
                    .as("one request id for each call, however often it is tried")
                    .hasSize(PLAYERS * CALLS);
        }
    }

    @Test
    void a_call_in_flight_is_repeated_at_the_next_owner_with_its_request_id() throws Exception {
        var end = new CountDownLatch(1);
        var answered = ConcurrentHashMap.<String>newKeySet();
        try (var to = new OwnerPeer(command -> {
                    // It still claims when it is asked first.
                    if (answered.add(command.getRequestId())) return handingOver(command);
                    return seat(command);
                });
                var from = new OwnerPeer(command -> {
                    awaitEnd(end);
                    return moved(to);
                });
                var players = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.open(directory, "hand-over-b", "hand-over", from.endpoint());
            var call = players.submit(() -> join(14_900, "hand-over-b", "in-flight"));
            await().until(() -> from.asked.size() == 1);

            end.countDown();

            assertThat(call.get().getTable()).isEqualTo(3);
            assertThat(requestIds(to.asked)).containsExactly("in-flight");
            assertThat(to.asked).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void an_owner_that_ends_its_connections_is_replaced_unnoticed() throws Exception {
        var from = new OwnerPeer(HandOverTest::seat);
        try (var to = new OwnerPeer(HandOverTest::seat);
                var players = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.open(directory, "hand-over-c", "hand-over", from.endpoint());
            assertThat(join(14_901, "hand-over-c", "before").getTable()).isEqualTo(3);

            from.close();
            var call = players.submit(() -> join(14_901, "hand-over-c", "after"));
            journal.claim("hand-over-c", to.endpoint());

            assertThat(call.get().getTable()).isEqualTo(3);
            assertThat(requestIds(to.asked)).containsExactly("after");
        }
    }

    private int play(long player) {
        var token = TestTickets.player(player);
        int answered = 0;
        for (int i = 0; i < CALLS; i++) {
            join(token, "hand-over-a", "");
            answered++;
        }
        return answered;
    }

    private SeatReply join(long player, String room, String requestId) {
        return join(TestTickets.player(player), room, requestId);
    }

    private SeatReply join(String token, String room, String requestId) {
        return client.play(token)
                .quickJoin(QuickJoinRequest.newBuilder()
                        .setRoomId(room)
                        .setRequestId(requestId)
                        .build());
    }

    private static RoomCommandReply handingOver(RoomCommandRequest command) {
        throw new Refusal(Reason.OWNER_UNAVAILABLE, "handing over").retryAfter(Duration.ofMillis(20));
    }

    private static RoomCommandReply moved(OwnerPeer to) {
        throw new Refusal(Reason.NOT_OWNER, "moved").with(Map.of("owner", to.endpoint()));
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static Set<String> requestIds(List<RoomCommandRequest> asked) {
        var ids = new HashSet<String>();
        for (var command : asked) ids.add(command.getRequestId());
        return ids;
    }

    private static RoomCommandReply seat(RoomCommandRequest command) {
        return RoomCommandReply.newBuilder()
                .setSeated(SeatReply.newBuilder().setTable(3))
                .build();
    }
}

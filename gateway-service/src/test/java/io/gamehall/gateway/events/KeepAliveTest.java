package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.RoomClaims;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.gateway.testing.OwnerPeer;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.Context;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class KeepAliveTest {
    private Client client;
    private JournalWriter journal;
    private final Directory directory;
    private final RoomClaims claims;

    KeepAliveTest(Directory directory, RoomClaims claims) {
        this.directory = directory;
        this.claims = claims;
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
    void who_has_a_live_stream_is_vouched_for_again_and_again() {
        try (var owner = owner()) {
            long anna = 10_001;
            long bert = 10_002;
            open("alive-a", owner, anna, bert);

            subscribe(anna);

            await().until(() -> owner.vouchersOf(anna) >= 3);
            var request = owner.keepAlives.getFirst();
            assertThat(request.getPresentList())
                    .extracting(present -> present.getPartition())
                    .containsExactly(JournalWriter.partition("alive-a"));
            assertThat(OwnerPeer.present(request)).containsEntry(anna, 1L);
            assertThat(owner.vouchersOf(bert)).as("a member without a stream").isZero();
        }
    }

    @Test
    void when_the_stream_has_closed_nobody_vouches_any_more() {
        try (var owner = owner()) {
            long anna = 10_003;
            long bert = 10_004;
            open("alive-b", owner, anna, bert);
            var annas = subscribe(anna);
            subscribe(bert);
            await().until(() -> owner.vouchersOf(anna) > 0);

            annas.cancel(null);

            await().until(() -> {
                var newest = OwnerPeer.present(owner.keepAlives.getLast());
                return newest.containsKey(bert) && !newest.containsKey(anna);
            });
            long vouchers = owner.vouchersOf(anna);
            long of = owner.vouchersOf(bert);
            await().until(() -> owner.vouchersOf(bert) > of + 1);
            assertThat(owner.vouchersOf(anna)).isEqualTo(vouchers);
        }
    }

    @Test
    void who_waits_for_a_room_is_vouched_for_too_and_no_more_after_leaving_the_line() {
        try (var owner = owner()) {
            long anna = 10_005;
            long bert = 10_006;
            long term = open("alive-c", owner, bert);
            journal.line(term, "alive-c", anna, 1);
            await().until(() -> !directory.waitsFor(new PlayerId(anna)).isEmpty());
            assertThat(directory.whereIs(new PlayerId(anna))).isEmpty();

            subscribe(anna);
            subscribe(bert);

            await().until(() -> owner.vouchersOf(anna) > 0);
            journal.leave(term, "alive-c", anna);
            await().until(() -> {
                var newest = OwnerPeer.present(owner.keepAlives.getLast());
                return newest.containsKey(bert) && !newest.containsKey(anna);
            });
        }
    }

    @Test
    void after_a_newer_claim_the_new_owner_is_told() {
        try (var former = owner();
                var present = owner()) {
            long anna = 10_007;
            open("alive-d", former, anna);
            subscribe(anna);
            await().until(() -> former.vouchersOf(anna) > 0);

            journal.claim("alive-d", present.endpoint());

            await().until(() -> present.vouchersOf(anna) > 0);
        }
    }

    @Test
    void of_two_rooms_of_a_game_only_the_one_that_the_registry_names_is_vouched_for() {
        try (var left = owner();
                var present = owner()) {
            long anna = 10_008;
            var player = new PlayerId(anna);
            open("alive-e", left, anna);
            long term = journal.open(directory, "alive-f", "alive", present.endpoint());
            journal.enter(term, "alive-f", anna);
            await().until(() -> directory.whereIs(player).size() == 2);
            var claim = new RoomClaims.Claim(player, "alive", Optional.of(new RoomId("alive-f")), "r", List.of());
            claims.claim(claim).await().indefinitely();
            claims.settle(claim, new RoomClaims.Outcome.In(new RoomId("alive-f")))
                    .await()
                    .indefinitely();

            subscribe(anna);

            await().until(() -> present.vouchersOf(anna) > 2);
            long before = left.vouchersOf(anna);
            long of = present.vouchersOf(anna);
            await().until(() -> present.vouchersOf(anna) > of + 2);
            assertThat(left.vouchersOf(anna)).isEqualTo(before);
        }
    }

    private Context.CancellableContext subscribe(long player) {
        var call = Context.current().withCancellation();
        call.run(() -> assertThat(client.events(TestTickets.player(player))
                        .subscribe(SubscribeRequest.getDefaultInstance())
                        .next()
                        .hasWelcome())
                .isTrue());
        return call;
    }

    private long open(String room, OwnerPeer owner, long... members) {
        long term = journal.open(directory, room, "alive", owner.endpoint());
        for (long member : members) journal.enter(term, room, member);
        var last = new PlayerId(members[members.length - 1]);
        await().until(() -> !directory.whereIs(last).isEmpty());
        return term;
    }

    private static OwnerPeer owner() {
        return new OwnerPeer(command -> RoomCommandReply.getDefaultInstance());
    }
}

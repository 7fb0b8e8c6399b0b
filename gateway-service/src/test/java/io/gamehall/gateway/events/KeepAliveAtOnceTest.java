package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.gateway.testing.OwnerPeer;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.v1.Event;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.SubscribeRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a period so long that it never comes: what is vouched for, is vouched for before. */
@QuarkusTest
@TestProfile(KeepAliveAtOnceTest.LongPeriod.class)
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class KeepAliveAtOnceTest {
    private Client client;
    private JournalWriter journal;
    private final Directory directory;
    private Iterator<Event> events;

    KeepAliveAtOnceTest(Directory directory) {
        this.directory = directory;
    }

    public static final class LongPeriod implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gamehall.events.keep-alive", "1h");
        }
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
    void who_has_just_connected_is_vouched_for_at_once_and_once() {
        try (var owner = owner()) {
            long anna = 10_101;
            enter("once-a", owner.endpoint(), anna);

            subscribe(anna);

            await().until(() -> owner.vouchersOf(anna) == 1);
        }
    }

    @Test
    void a_partition_that_is_not_the_owner_s_is_tried_again_at_the_next_owner() {
        try (var former = owner();
                var present = owner()) {
            long anna = 10_102;
            former.notOwned = Set.of(JournalWriter.partition("once-b"));
            enter("once-b", former.endpoint(), anna);
            subscribe(anna);
            await().until(() -> former.vouchersOf(anna) >= 2);

            journal.claim("once-b", present.endpoint());

            await().until(() -> present.vouchersOf(anna) == 1);
        }
    }

    @Test
    void an_owner_that_does_not_answer_is_tried_again() {
        var gone = owner();
        gone.close();
        long anna = 10_103;
        enter("once-c", gone.endpoint(), anna);
        subscribe(anna);

        try (var again = owner()) {
            journal.claim("once-c", again.endpoint());

            await().until(() -> again.vouchersOf(anna) == 1);
        }
    }

    private void subscribe(long player) {
        events = client.events(TestTickets.player(player)).subscribe(SubscribeRequest.getDefaultInstance());
        assertThat(events.next().hasWelcome()).isTrue();
    }

    private void enter(String room, String endpoint, long member) {
        long term = journal.open(directory, room, "once", endpoint);
        journal.enter(term, room, member);
        await().until(() -> !directory.whereIs(new PlayerId(member)).isEmpty());
    }

    private static OwnerPeer owner() {
        return new OwnerPeer(command -> RoomCommandReply.getDefaultInstance());
    }
}

package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.outbound.DrainAtShutdown;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.WatchRoomsRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** With a process of its own (the profile): a drained gateway stays drained. */
@QuarkusTest
@TestProfile(DrainTest.OwnProcess.class)
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class DrainTest {
    private final DrainAtShutdown shutdown;

    DrainTest(DrainAtShutdown shutdown) {
        this.shutdown = shutdown;
    }

    public static final class OwnProcess implements QuarkusTestProfile {}

    @Test
    void streams_are_told_to_go_elsewhere() {
        try (var client = new Client()) {
            var token = TestTickets.player(9_200);
            var events = client.events(token).subscribe(SubscribeRequest.getDefaultInstance());
            assertThat(events.next().hasWelcome()).isTrue();
            var watch = client.directory(token).watchRooms(WatchRoomsRequest.getDefaultInstance());
            assertThat(watch.next().getSnapshot()).isTrue();

            shutdown.drain();

            var ended = events.next();
            assertThat(ended.getEnded().getReason()).isEqualTo(SessionEnded.Reason.DRAINING);
            assertThat(ended.getEnded().getRetryAfterMs()).isBetween(0, 500);
            assertThat(ended.getSequence()).as("not counted").isEqualTo(1);
            assertThat(events.hasNext()).isFalse();
            watch.forEachRemaining(update -> {});
            var late = client.events(token).subscribe(SubscribeRequest.getDefaultInstance());
            assertThat(late.next().getEnded().getReason()).isEqualTo(SessionEnded.Reason.DRAINING);
        }
    }
}

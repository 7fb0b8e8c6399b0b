package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.testing.Cable;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.EventReader;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.SubscribeRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(LostClientTest.FastPulse.class)
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class LostClientTest {
    private static final long LOST = 10_201;
    private static final long IDLE = 10_202;
    private static final long STUCK = 10_203;

    private final PlayerStreams streams;
    private final MeterRegistry meters;

    LostClientTest(PlayerStreams streams, MeterRegistry meters) {
        this.streams = streams;
        this.meters = meters;
    }

    public static final class FastPulse implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gamehall.outbound.ping",
                    "1s",
                    "gamehall.events.slow-max",
                    "1s",
                    "gamehall.outbound.last-max",
                    "1s");
        }
    }

    @Test
    void a_client_that_dropped_off_the_net_is_given_up_and_an_idle_one_is_not() {
        try (var cable = new Cable(Client.port());
                var lost = new Client(cable.port());
                var idle = new Client()) {
            subscribe(lost, LOST);
            subscribe(idle, IDLE);
            assertThat(isConnected(LOST)).isTrue();

            cable.cut();

            await().until(() -> !isConnected(LOST));
            assertThat(isConnected(IDLE)).isTrue();
        }
    }

    @Test
    void a_client_that_lives_and_never_reads_on_is_cut_off() {
        try (var client = new Client();
                var journal = new JournalWriter()) {
            double before = cuts();
            var reader = EventReader.of(client, TestTickets.player(STUCK), SubscribeRequest.getDefaultInstance());
            assertThat(reader.next().hasWelcome()).isTrue();

            for (int i = 0; i < 60; i++) journal.notice(STUCK, i + "x".repeat(32_000));

            await().until(() -> !isConnected(STUCK));
            await().untilAsserted(() -> assertThat(cuts()).isEqualTo(before + 1));
            reader.request(1_000).awaitEnd();
            assertThat(reader.failure).isNotNull();
            assertThat(reader.events.getLast().hasEnded())
                    .as("what it did not read is not kept for it")
                    .isFalse();
        }
    }

    private double cuts() {
        return meters.counter("gamehall.streams.cut").count();
    }

    private static void subscribe(Client client, long player) {
        var events = client.events(TestTickets.player(player)).subscribe(SubscribeRequest.getDefaultInstance());
        assertThat(events.next().hasWelcome()).isTrue();
    }

    private boolean isConnected(long player) {
        return streams.all().stream().anyMatch(stream -> stream.ticket().player() == player);
    }
}

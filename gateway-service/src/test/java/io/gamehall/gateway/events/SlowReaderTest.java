package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.EventReader;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.Event;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.SubscribeRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class SlowReaderTest {
    /**
     * Less than {@code gamehall.events.queue-max} of these tests, and so large together that they fit neither into the
     * connection's window nor into {@code gamehall.events.queue-bytes-max}.
     */
    private static final int FLOOD = 60;

    private static final int NOTICE_BYTES = 32_000;

    private final MeterRegistry meters;

    SlowReaderTest(MeterRegistry meters) {
        this.meters = meters;
    }

    @Test
    void a_client_that_falls_behind_is_told_anew_and_one_that_does_so_again_is_cut_off() {
        long player = 9_100;
        try (var client = new Client();
                var journal = new JournalWriter()) {
            var reader = EventReader.of(client, TestTickets.player(player), SubscribeRequest.getDefaultInstance());
            var id = reader.next().getWelcome().getStreamId();

            double slow = slow();
            flood(journal, player);
            await().until(() -> slow() == slow + 1);
            reader.request(FLOOD);

            await().until(() -> reader.events.getLast().hasWelcome() && reader.events.size() > 1);
            assertThat(reader.events).hasSizeLessThan(FLOOD);
            var anew = reader.events.getLast();
            assertThat(anew.getWelcome().getResumed()).isFalse();
            assertThat(anew.getWelcome().getStreamId()).isNotEqualTo(id);
            assertThat(anew.getSequence()).isEqualTo(1);
            isCounted(reader.events.subList(0, reader.events.size() - 1));

            for (int i = 0; i < 4; i++) flood(journal, player);
            await().until(() -> slow() == slow + 2);
            reader.request(1_000);

            reader.awaitEnd();
            assertThat(reader.events.getLast().getEnded().getReason()).isEqualTo(SessionEnded.Reason.TOO_SLOW);
        }
    }

    private double slow() {
        return meters.counter("gamehall.streams.slow", "kind", "events").count();
    }

    private static void flood(JournalWriter journal, long player) {
        for (int i = 0; i < FLOOD; i++) journal.notice(player, i + "x".repeat(NOTICE_BYTES));
    }

    private static void isCounted(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).getSequence()).isEqualTo(i + 1);
        }
    }
}

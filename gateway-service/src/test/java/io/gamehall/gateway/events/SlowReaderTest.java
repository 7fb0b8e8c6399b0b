package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.contracts.Topics;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.Event;
import io.gamehall.v1.Notice;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class SlowReaderTest {
    private static final long PLAYER = 9_100;
    private static final int NOTICE_BYTES = 32_000;

    @Test
    void a_client_that_does_not_read_is_told_so_and_its_stream_ends() {
        try (var client = new Client();
                var journal = new JournalWriter()) {
            var reader = new Reader();
            client.eventsAsync(TestTickets.player(PLAYER)).subscribe(SubscribeRequest.getDefaultInstance(), reader);
            reader.call.request(1);
            await().until(() -> !reader.events.isEmpty());

            for (int i = 0; i < 400; i++) journal.send(notice(i));
            reader.call.request(1_000);

            await().until(() -> reader.completed);
            assertThat(reader.events.getLast().getEnded().getReason()).isEqualTo(SessionEnded.Reason.TOO_SLOW);
            assertThat(reader.events).hasSizeLessThan(400);
            for (int i = 0; i < reader.events.size(); i++) {
                assertThat(reader.events.get(i).getSequence()).isEqualTo(i + 1);
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> notice(int number) {
        var notice = Notice.newBuilder()
                .setNoticeId(number + "x".repeat(NOTICE_BYTES))
                .setPlayerId(PLAYER)
                .build();
        return new ProducerRecord<>(
                JournalWriter.topic(Topics.PLAYER_NOTICES),
                Long.toString(PLAYER).getBytes(),
                notice.toByteArray());
    }

    private static final class Reader implements ClientResponseObserver<SubscribeRequest, Event> {
        final List<Event> events = new CopyOnWriteArrayList<>();
        volatile ClientCallStreamObserver<SubscribeRequest> call;
        volatile boolean completed;

        @Override
        public void beforeStart(ClientCallStreamObserver<SubscribeRequest> stream) {
            call = stream;
            stream.disableAutoRequestWithInitial(0);
        }

        @Override
        public void onNext(Event event) {
            events.add(event);
        }

        @Override
        public void onError(Throwable failure) {
            completed = true;
        }

        @Override
        public void onCompleted() {
            completed = true;
        }
    }
}

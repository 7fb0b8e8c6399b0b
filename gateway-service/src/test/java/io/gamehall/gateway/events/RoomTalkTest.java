package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.contracts.Topics;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.v1.ChatLine;
import io.gamehall.v1.Event;
import io.gamehall.v1.SubscribeRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class RoomTalkTest {
    private Client client;
    private JournalWriter journal;
    private final Directory directory;
    private final DirectoryFollower follower;
    private final MeterRegistry meters;

    RoomTalkTest(Directory directory, DirectoryFollower follower, MeterRegistry meters) {
        this.directory = directory;
        this.follower = follower;
        this.meters = meters;
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
    void a_line_comes_to_the_members_of_its_room_without_the_request_s_id() {
        long anna = 11_001;
        long bert = 11_002;
        long carl = 11_003;
        open("talk-a", anna, bert);
        open("talk-b", carl);
        var annas = subscribe(anna);
        var berts = subscribe(bert);
        var carls = subscribe(carl);

        say("talk-a", 1, 1, "hello");
        say("talk-b", 1, 1, "elsewhere");

        var line = annas.next().getChat();
        assertThat(line.getText()).isEqualTo("hello");
        assertThat(line.getRoomId()).isEqualTo("talk-a");
        assertThat(line.getPlayerId()).isEqualTo(11_999);
        assertThat(line.getSequence()).isEqualTo(1);
        assertThat(line.getRequestId()).isEmpty();
        assertThat(berts.next().getChat()).isEqualTo(line);
        assertThat(carls.next().getChat().getText()).isEqualTo("elsewhere");
    }

    @Test
    void repeats_lines_of_former_owners_and_what_is_no_line_are_dropped() {
        long anna = 11_004;
        open("talk-c", anna);
        var events = subscribe(anna);

        say("talk-c", 3, 1, "first");
        say("talk-c", 3, 1, "repeated");
        say("talk-c", 2, 7, "stale");
        journal.send(new ProducerRecord<>(
                JournalWriter.topic(Topics.ROOM_CHAT), "talk-c".getBytes(), new byte[] {(byte) 0xff, 1}));
        say("No Room!", 3, 2, "nowhere");
        say("talk-unknown", 3, 2, "nowhere");
        say("talk-c", 3, 2, "second");
        say("talk-c", 4, 1, "of the next owner");

        assertThat(events.next().getChat().getText()).isEqualTo("first");
        assertThat(events.next().getChat().getText()).isEqualTo("second");
        assertThat(events.next().getChat().getText()).isEqualTo("of the next owner");
    }

    @Test
    void who_enters_hears_from_then_on_and_who_leaves_hears_no_more() {
        long anna = 11_005;
        long bert = 11_006;
        long term = open("talk-d", anna);
        open("talk-e", bert);
        var berts = subscribe(bert);
        var annas = subscribe(anna);

        say("talk-d", 1, 1, "alone");
        assertThat(annas.next().getChat().getText()).isEqualTo("alone");
        journal.enter(term, "talk-d", bert);
        await().until(() -> directory.whereIs(new PlayerId(bert)).size() == 2);
        say("talk-d", 1, 2, "together");
        assertThat(annas.next().getChat().getText()).isEqualTo("together");
        // What was said a moment before may come too.
        var heard = berts.next().getChat().getText();
        assertThat(heard.equals("alone") ? berts.next().getChat().getText() : heard)
                .isEqualTo("together");

        journal.leave(term, "talk-d", bert);
        await().until(() -> directory.whereIs(new PlayerId(bert)).size() == 1);
        say("talk-d", 1, 3, "alone again");
        assertThat(annas.next().getChat().getText()).isEqualTo("alone again");
        say("talk-e", 1, 1, "to Bert");
        assertThat(berts.next().getChat().getText()).isEqualTo("to Bert");
    }

    @Test
    void who_entered_before_something_was_said_hears_it_although_the_journal_is_read_later() {
        long anna = 11_008;
        long term = open("talk-g", 11_009);
        var events = subscribe(anna);
        var held = new CountDownLatch(1);
        try {
            follower.execute(() -> awaitQuietly(held));
            journal.enter(term, "talk-g", anna);
            double before = told();
            say("talk-g", 1, 1, "welcome!");
            await().until(() -> told() == before + 1);
        } finally {
            held.countDown();
        }

        assertThat(events.next().getChat().getText()).isEqualTo("welcome!");
    }

    private double told() {
        return meters.counter("gamehall.chat.lines", "fate", "told").count();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void who_comes_back_with_another_stream_hears_on() {
        long anna = 11_007;
        open("talk-f", anna);
        subscribe(anna);

        var again = subscribe(anna);

        say("talk-f", 1, 1, "still there?");
        assertThat(again.next().getChat().getText()).isEqualTo("still there?");
    }

    private Iterator<Event> subscribe(long player) {
        var events = client.events(TestTickets.player(player)).subscribe(SubscribeRequest.getDefaultInstance());
        assertThat(events.next().hasWelcome()).isTrue();
        return events;
    }

    private void say(String room, long term, long sequence, String text) {
        var line = ChatLine.newBuilder()
                .setRoomId(room)
                .setTerm(term)
                .setSequence(sequence)
                .setPlayerId(11_999)
                .setText(text)
                .setRequestId("of-the-sender")
                .build();
        journal.send(
                new ProducerRecord<>(JournalWriter.topic(Topics.ROOM_CHAT), 0, room.getBytes(), line.toByteArray()));
    }

    private long open(String room, long... members) {
        long term = journal.open(directory, room, "talk", "127.0.0.1:1");
        for (long member : members) journal.enter(term, room, member);
        var last = new PlayerId(members[members.length - 1]);
        await().until(() -> !directory.whereIs(last).isEmpty());
        return term;
    }
}

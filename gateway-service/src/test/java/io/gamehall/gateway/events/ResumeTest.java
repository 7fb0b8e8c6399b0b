package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.EventReader;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.v1.Event;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.Welcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class ResumeTest {
    /** More than {@code gamehall.events.queue-max} of these tests. */
    private static final int TOO_MANY = 70;

    private Client client;
    private JournalWriter journal;
    private final PlayerStreams streams;
    private final EventLogs logs;
    private final RecentNotices notices;
    private final Directory directory;

    ResumeTest(PlayerStreams streams, EventLogs logs, RecentNotices notices, Directory directory) {
        this.streams = streams;
        this.logs = logs;
        this.notices = notices;
        this.directory = directory;
    }

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
    void what_came_while_the_client_was_away_is_told_when_it_is_back() {
        long anna = 12_001;
        long term = journal.open(directory, "resumed-0", "resumed", "127.0.0.1:1");
        journal.enter(term, "resumed-0", anna);
        await().until(() -> !directory.whereIs(new PlayerId(anna)).isEmpty());
        var first = fresh(anna);
        var welcome = first.next().getWelcome();
        journal.notice(anna, "heard");
        assertThat(first.next().getNotice().getNoticeId()).isEqualTo("heard");

        cut(first, anna);
        journal.notice(anna, "missed");
        awaitLast(anna, 3);
        journal.table(term, "resumed-0", 1, JournalWriter.seating(anna, 0, 0, 0));
        awaitLast(anna, 4);
        journal.say("resumed-0", term, 1, "are you there?");
        awaitLast(anna, 5);
        var second = resumed(anna, welcome.getStreamId(), 2);

        var again = second.next();
        assertThat(again.getWelcome())
                .isEqualTo(Welcome.newBuilder()
                        .addRoomIds("resumed-0")
                        .setStreamId(welcome.getStreamId())
                        .setResumed(true)
                        .build());
        assertThat(again.getSequence()).isEqualTo(2);
        assertThat(sequenced(second.next(), 3).getNotice().getNoticeId()).isEqualTo("missed");
        assertThat(sequenced(second.next(), 4).getTable().getTable()).isEqualTo(1);
        assertThat(sequenced(second.next(), 5).getChat().getText()).isEqualTo("are you there?");
        journal.notice(anna, "live");
        assertThat(sequenced(second.next(), 6).getNotice().getNoticeId()).isEqualTo("live");
    }

    @Test
    void what_was_sent_and_did_not_arrive_is_told_again() {
        long anna = 12_002;
        var first = fresh(anna);
        var id = first.next().getWelcome().getStreamId();
        for (int i = 2; i <= 4; i++) journal.notice(anna, "notice-" + i);
        for (int i = 2; i <= 4; i++) sequenced(first.next(), i);

        // The old stream has not been noticed to be dead: it is replaced.
        var second = resumed(anna, id, 2);

        assertThat(second.next().getWelcome().getResumed()).isTrue();
        assertThat(sequenced(second.next(), 3).getNotice().getNoticeId()).isEqualTo("notice-3");
        assertThat(sequenced(second.next(), 4).getNotice().getNoticeId()).isEqualTo("notice-4");
        var ended = first.next();
        assertThat(ended.getEnded().getReason()).isEqualTo(SessionEnded.Reason.REPLACED);
        assertThat(ended.getSequence()).as("not counted").isEqualTo(4);
    }

    @Test
    void who_missed_more_than_is_kept_begins_anew() {
        long anna = 12_003;
        var first = fresh(anna);
        var id = first.next().getWelcome().getStreamId();
        cut(first, anna);
        for (int i = 0; i < TOO_MANY; i++) journal.notice(anna, "missed-" + i);
        awaitLast(anna, 1 + TOO_MANY);

        var second = resumed(anna, id, 1);

        beginsAnew(second, id);
        journal.notice(anna, "live");
        var told = second.next().getNotice();
        while (!told.getNoticeId().equals("live")) {
            assertThat(told.getNoticeId()).startsWith("missed-");
            told = second.next().getNotice();
        }
    }

    @Test
    void who_comes_from_another_gateway_is_told_the_notices_of_a_short_time() {
        long anna = 12_006;
        journal.notice(anna, "first");
        journal.notice(anna, "second");
        await().until(() -> notices.of(new PlayerId(anna)).size() == 2);

        var here = resumed(anna, "0123456789abcdef", 7);

        beginsAnew(here, "0123456789abcdef");
        assertThat(sequenced(here.next(), 2).getNotice().getNoticeId()).isEqualTo("first");
        assertThat(sequenced(here.next(), 3).getNotice().getNoticeId()).isEqualTo("second");
        journal.notice(anna, "live");
        assertThat(sequenced(here.next(), 4).getNotice().getNoticeId()).isEqualTo("live");

        var fresh = fresh(anna);
        assertThat(fresh.next().hasWelcome()).isTrue();
        journal.notice(anna, "later");
        assertThat(sequenced(fresh.next(), 2).getNotice().getNoticeId())
                .as("who has missed nothing")
                .isEqualTo("later");
    }

    @Test
    void what_is_no_place_to_go_on_from_begins_anew() {
        long anna = 12_004;
        var first = fresh(anna);
        var id = first.next().getWelcome().getStreamId();
        cut(first, anna);

        var newer = beginsAnew(resumed(anna, id, 2), id);
        beginsAnew(resumed(anna, "0123456789abcdef", 1), newer);
        var others = fresh(12_005).next().getWelcome().getStreamId();
        beginsAnew(resumed(anna, others, 1), others);
    }

    private EventReader fresh(long player) {
        return EventReader.of(client, TestTickets.player(player), SubscribeRequest.getDefaultInstance());
    }

    private EventReader resumed(long player, String stream, long after) {
        var request = SubscribeRequest.newBuilder()
                .setStreamId(stream)
                .setLastSequence(after)
                .build();
        return EventReader.of(client, TestTickets.player(player), request);
    }

    private void cut(EventReader reader, long player) {
        reader.cut();
        await().until(() ->
                streams.all().stream().noneMatch(stream -> stream.player().value() == player));
    }

    private void awaitLast(long player, long sequence) {
        await().until(() -> logs.of(new PlayerId(player)).orElseThrow().last() == sequence);
    }

    private static Event sequenced(Event event, long sequence) {
        assertThat(event.getSequence()).isEqualTo(sequence);
        return event;
    }

    /** @return the id of the new stream */
    private static String beginsAnew(EventReader reader, String before) {
        var event = sequenced(reader.next(), 1);
        assertThat(event.hasWelcome()).isTrue();
        assertThat(event.getWelcome().getResumed()).isFalse();
        assertThat(event.getWelcome().getStreamId()).isNotEmpty().isNotEqualTo(before);
        return event.getWelcome().getStreamId();
    }
}

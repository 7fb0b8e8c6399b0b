package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.gamehall.contracts.Topics;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Reservation;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Round;
import io.gamehall.room.domain.Score;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.domain.Table;
import io.gamehall.v1.Event;
import io.gamehall.v1.Notice;
import io.gamehall.v1.RoomEntered;
import io.gamehall.v1.RoomLeft;
import io.gamehall.v1.ScoreChanged;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.Signalled;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.SwapWanted;
import io.gamehall.v1.Whispered;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class EventsTest {
    private Client client;
    private JournalWriter journal;
    private final Directory directory;

    EventsTest(Directory directory) {
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
    void a_player_sees_the_own_table_and_the_settled_round() {
        long anna = 9_001;
        long bert = 9_002;
        long term = open("events-table", anna, bert);
        var events = subscribe(anna);
        assertThat(events.next().getWelcome().getRoomIdsList()).containsExactly("events-table");

        journal.table(term, "events-table", 2, JournalWriter.seating(anna, 0, 0, 0));
        var seen = events.next();
        assertThat(seen.getSequence()).isEqualTo(2);
        assertThat(seen.getTable().getTable()).isEqualTo(2);
        assertThat(seen.getTable().getSeatsList()).containsExactly(anna, 0L, 0L, 0L);

        var playing = playing(1, anna, bert);
        journal.table(term, "events-table", 2, playing);
        var started = events.next().getTable();
        assertThat(started.getPlaying()).isTrue();
        assertThat(started.getRoundPlayersList()).containsExactly(anna, bert);

        journal.table(term, "events-table", 2, settled(playing, anna, bert));
        assertThat(events.next().getTable().getPlaying()).isFalse();
        var round = events.next().getRoundSettled();
        assertThat(round.getRound()).isEqualTo(1);
        assertThat(round.getScores(0).getScore()).isEqualTo(5);

        // Whoever left the table hears of it no more; the next event is that of another table.
        journal.table(term, "events-table", 2, JournalWriter.seating(0, bert, 0, 0));
        journal.table(term, "events-table", 3, JournalWriter.seating(anna, 0, 0, 0));
        assertThat(events.next().getTable().getTable()).isEqualTo(3);
    }

    @Test
    void a_player_who_reconnects_sees_the_table_at_once() {
        long anna = 9_003;
        long term = open("events-again", anna);
        journal.table(term, "events-again", 0, JournalWriter.seating(0, anna, 0, 0));
        journal.enter(term, "events-again", 9_004);
        await().until(() -> !directory.whereIs(new PlayerId(9_004)).isEmpty());

        var events = subscribe(anna);

        assertThat(events.next().getWelcome().getRoomIdsList()).containsExactly("events-again");
        assertThat(events.next().getTable().getSeatsList()).containsExactly(0L, anna, 0L, 0L);
    }

    @Test
    void who_waits_for_a_room_is_told_when_the_line_moves() {
        long anna = 9_030;
        long term = open("events-line", 9_031);
        var events = subscribe(anna);
        assertThat(events.next().hasWelcome()).isTrue();
        journal.line(term, "events-line", 9_032, 1);
        journal.line(term, "events-line", 9_033, 2);
        journal.line(term, "events-line", anna, 3);
        var place = events.next();
        assertThat(place.getSequence()).isEqualTo(2);
        assertThat(place.getWaitPlace().getRoomId()).isEqualTo("events-line");
        assertThat(place.getWaitPlace().getPosition()).isEqualTo(3);

        journal.leave(term, "events-line", 9_033);
        assertThat(events.next().getWaitPlace().getPosition()).isEqualTo(2);
        // Who comes behind moves nobody.
        journal.line(term, "events-line", 9_034, 4);
        await().until(() -> !directory.waitsFor(new PlayerId(9_034)).isEmpty());
        journal.enter(term, "events-line", 9_032);
        assertThat(events.next().getWaitPlace().getPosition()).isEqualTo(1);

        var elsewhere = subscribe(anna);
        assertThat(elsewhere.next().hasWelcome()).isTrue();
        assertThat(elsewhere.next().getWaitPlace().getPosition()).isEqualTo(1);
        journal.enter(term, "events-line", anna);
        journal.table(term, "events-line", 0, JournalWriter.seating(anna, 0, 0, 0));
        assertThat(elsewhere.next().hasTable())
                .as("the end of the wait, a notice tells")
                .isTrue();
    }

    @Test
    void notices_come_to_their_player_and_broken_ones_are_skipped() {
        long anna = 9_005;
        var events = subscribe(anna);
        assertThat(events.next().hasWelcome()).isTrue();

        notice(anna, new byte[] {(byte) 0xff, 1, 2});
        notice(9_006, scoreChanged(9_006, "other").toByteArray());
        notice(anna, scoreChanged(anna, "mine").toByteArray());

        var notice = events.next();
        assertThat(notice.getSequence()).isEqualTo(2);
        assertThat(notice.getNotice()).isEqualTo(scoreChanged(anna, "mine"));
    }

    @Test
    void a_second_stream_of_the_session_takes_the_place_of_the_first() {
        var first = subscribe(9_007);
        assertThat(first.next().hasWelcome()).isTrue();

        var second = subscribe(9_007);

        assertThat(second.next().hasWelcome()).isTrue();
        assertThat(first.next().getEnded().getReason()).isEqualTo(SessionEnded.Reason.REPLACED);
        assertThat(first.hasNext()).isFalse();
    }

    @Test
    void notices_of_every_kind_are_passed_on() {
        long anna = 9_008;
        var events = subscribe(anna);
        assertThat(events.next().hasWelcome()).isTrue();
        var kinds = List.of(
                notice(anna).setWhispered(Whispered.newBuilder().setFrom(9_009).setText("psst")),
                notice(anna).setSignalled(Signalled.newBuilder().setPayload(ByteString.copyFromUtf8("offer"))),
                notice(anna).setRoomEntered(RoomEntered.newBuilder().setRoomId("a-room")),
                notice(anna)
                        .setSwapWanted(SwapWanted.newBuilder().setFrom(9_009).setSeat(2)),
                notice(anna).setRoomLeft(RoomLeft.newBuilder().setCause(RoomLeft.Cause.ABSENT)));

        for (var kind : kinds) notice(anna, kind.build().toByteArray());

        for (var kind : kinds) assertThat(events.next().getNotice()).isEqualTo(kind.build());
    }

    @Test
    void the_table_shows_its_host_and_for_whom_seats_are_held() {
        long anna = 9_010;
        long term = open("events-host", anna);
        var events = subscribe(anna);
        assertThat(events.next().hasWelcome()).isTrue();
        var seated = JournalWriter.seating(0, anna, 0, 0);

        journal.table(
                term,
                "events-host",
                1,
                new Table(
                        seated.chairs(),
                        List.of(new Reservation(2, new PlayerId(9_011), new PlayerId(anna), 1)),
                        new Table.Host(Optional.of(new PlayerId(anna)), 7),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        true));

        var table = events.next().getTable();
        assertThat(table.getHostPlayerId()).isEqualTo(anna);
        assertThat(table.getHostTerm()).isEqualTo(7);
        assertThat(table.getReservedList()).containsExactly(0L, 0L, 9_011L, 0L);
    }

    private Iterator<Event> subscribe(long player) {
        return client.events(TestTickets.player(player)).subscribe(SubscribeRequest.getDefaultInstance());
    }

    private long open(String room, long... members) {
        long term = journal.claim(room, "127.0.0.1:1");
        journal.room(term, room, "events", 20);
        for (long member : members) journal.enter(term, room, member);
        var last = new PlayerId(members[members.length - 1]);
        await().until(() -> directory.room(new RoomId(room)).isPresent()
                && !directory.whereIs(last).isEmpty());
        return term;
    }

    private void notice(long player, byte[] value) {
        journal.send(new ProducerRecord<>(
                JournalWriter.topic(Topics.PLAYER_NOTICES),
                Long.toString(player).getBytes(),
                value));
    }

    private static Notice.Builder notice(long player) {
        return Notice.newBuilder().setNoticeId("n").setPlayerId(player);
    }

    private static Notice scoreChanged(long player, String id) {
        return Notice.newBuilder()
                .setNoticeId(id)
                .setPlayerId(player)
                .setScoreChanged(ScoreChanged.newBuilder().setGame("events").setDelta(3))
                .build();
    }

    private static Table playing(long round, long... players) {
        var seated = JournalWriter.seating(players[0], players[1], 0, 0);
        return new Table(
                seated.chairs(),
                seated.reservations(),
                seated.host(),
                round,
                Optional.of(new Round(JournalWriter.players(players), List.of())),
                Optional.empty(),
                true);
    }

    private static Table settled(Table playing, long winner, long loser) {
        var scores = List.of(new Score(new PlayerId(winner), 5), new Score(new PlayerId(loser), -5));
        return new Table(
                playing.chairs(),
                playing.reservations(),
                playing.host(),
                playing.round(),
                Optional.empty(),
                Optional.of(new SettledRound(playing.round(), false, scores, JournalWriter.players(winner, loser), 1)),
                false);
    }
}

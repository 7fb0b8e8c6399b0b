package io.gamehall.gateway.events;

import static io.gamehall.gateway.testing.Client.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.EventReader;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.Event;
import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.WatchRoomsRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class RoomsOnTheStreamTest {
    private Client client;
    private JournalWriter journal;
    private final PlayerStreams streams;
    private final Directory directory;

    RoomsOnTheStreamTest(PlayerStreams streams, Directory directory) {
        this.streams = streams;
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
    void the_rooms_of_a_game_come_after_the_welcome_and_then_what_changes() {
        long term = journal.open(directory, "streamed-0", "streamed", "127.0.0.1:1");
        journal.open(directory, "streamed-1", "streamed", "127.0.0.1:1");
        journal.open(directory, "unstreamed-0", "unstreamed", "127.0.0.1:1");
        var events = subscribe(13_001, with("streamed"));
        assertThat(events.next().hasWelcome()).isTrue();
        var snapshot = events.next();
        assertThat(snapshot.getSequence()).as("not counted").isEqualTo(1);
        assertThat(snapshot.getRooms().getSnapshot()).isTrue();
        assertThat(snapshot.getRooms().getRoomsList())
                .extracting(RoomSummary::getRoomId)
                .containsExactly("streamed-0", "streamed-1");
        var watch = client.directory(TestTickets.player(13_002))
                .watchRooms(WatchRoomsRequest.newBuilder().setGame("streamed").build());
        assertThat(watch.next().getRoomsList()).isEqualTo(snapshot.getRooms().getRoomsList());

        journal.enter(term, "streamed-0", 13_003);
        var delta = events.next();
        assertThat(delta.getSequence()).isEqualTo(1);
        assertThat(delta.getRooms().getSnapshot()).isFalse();
        assertThat(delta.getRooms().getRoomsCount()).isEqualTo(1);
        assertThat(delta.getRooms().getRooms(0).getRoomId()).isEqualTo("streamed-0");
        assertThat(delta.getRooms().getRooms(0).getMembers()).isEqualTo(1);
        assertThat(watch.next()).as("watchers hear the same").isEqualTo(delta.getRooms());

        journal.notice(13_001, "counted");
        var notice = events.next();
        assertThat(notice.getNotice().getNoticeId()).isEqualTo("counted");
        assertThat(notice.getSequence()).isEqualTo(2);
    }

    @Test
    void who_resumes_gets_the_events_missed_and_then_a_snapshot() {
        long term = journal.open(directory, "restreamed-0", "restreamed", "127.0.0.1:1");
        var first = subscribe(13_004, with("restreamed"));
        var id = first.next().getWelcome().getStreamId();
        assertThat(first.next().getRooms().getSnapshot()).isTrue();
        first.cut();
        await().until(() ->
                streams.all().stream().noneMatch(stream -> stream.player().value() == 13_004));
        journal.enter(term, "restreamed-0", 13_005);
        await().until(() -> directory.rooms("restreamed").getFirst().members() == 1);
        journal.notice(13_004, "missed");

        var second = subscribe(13_004, with("restreamed").setStreamId(id).setLastSequence(1));

        assertThat(second.next().getWelcome().getResumed()).isTrue();
        // The notice may still be on its way, so it may come before the rooms or after them.
        var both = List.of(second.next(), second.next());
        assertThat(both)
                .extracting(Event::getEventCase)
                .containsExactlyInAnyOrder(Event.EventCase.NOTICE, Event.EventCase.ROOMS);
        var rooms =
                both.stream().filter(Event::hasRooms).findFirst().orElseThrow().getRooms();
        assertThat(rooms.getSnapshot()).isTrue();
        assertThat(rooms.getRooms(0).getMembers()).isEqualTo(1);
    }

    @Test
    void rooms_of_an_unknown_game_are_refused() {
        assertThat(reason(() -> client.events(TestTickets.player(13_006))
                        .subscribe(with("chess").build())
                        .hasNext()))
                .isEqualTo("GAME_UNKNOWN");
    }

    private EventReader subscribe(long player, SubscribeRequest.Builder request) {
        return EventReader.of(client, TestTickets.player(player), request.build());
    }

    private static SubscribeRequest.Builder with(String game) {
        return SubscribeRequest.newBuilder().setWithRooms(true).setRoomsGame(game);
    }
}

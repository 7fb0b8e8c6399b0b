package io.gamehall.journeys.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.gamehall.v1.Event;
import io.gamehall.v1.ListRoomsReply;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.TableView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One cell with two gateways and two owners of rooms: what a player has does not hang on any one of them. */
class TwoGatewaysIT {
    private static final Duration EVENTUALLY = Duration.ofSeconds(60);

    private static TestHall hall;

    private GatewayClient first;
    private GatewayClient second;

    @BeforeAll
    static void start() {
        hall = new TestHall("two-gateways-hall");
        var up = hall.up(
                "--replicas",
                "gateway=2,room=2",
                "--rooms",
                "8",
                "--only",
                "room,gateway",
                "--java-opts",
                // Less than the usual 30 s, for the sake of who waits for it to pass.
                "room=-Dgamehall.rooms.absence-max=12s",
                "--java-opts",
                // Nothing but the news of a login can end the streams of an older session in time.
                "gateway=-Dgamehall.events.recheck=1h -Dgamehall.session.touch=1h -Dgamehall.session.fresh=2h"
                        + " -Dgamehall.session.live=2h");
        assertThat(up.code()).as(up.output()).isZero();
    }

    @BeforeEach
    void connect() {
        hall.reviveAll();
        first = new GatewayClient(hall.address(0, "gateway", 0));
        second = new GatewayClient(hall.address(0, "gateway", 1));
    }

    @AfterEach
    void disconnect() {
        first.close();
        second.close();
    }

    @AfterAll
    static void stop() {
        hall.close();
    }

    @Test
    void a_login_at_the_other_gateway_ends_the_older_session_at_both_and_keeps_the_seat() {
        var older = TestPlayer.register(first, "mover");
        var seat = older.enterAndSit("doudizhu");
        var events = first.subscribe(older.session());
        var rooms = first.watchRooms(older.session());
        await("streams")
                .atMost(EVENTUALLY)
                .until(() -> !events.messages().isEmpty() && !rooms.messages().isEmpty());

        var newer = new TestPlayer(
                second, second.login().login(GatewayClient.loginOf("mover")).getSession());

        await("the end of the older session's streams")
                .atMost(EVENTUALLY)
                .until(() -> events.end().isPresent() && rooms.end().isPresent());
        assertThat(events.end()).contains(Recording.COMPLETED);
        assertThat(events.messages().getLast().getEnded().getReason()).isEqualTo(SessionEnded.Reason.DISPLACED);
        assertThat(rooms.end()).contains("SESSION_ENDED");
        for (var gateway : List.of(first, second)) {
            assertThat(refusal(() -> list(older.at(gateway)))).isEqualTo("SESSION_ENDED");
            assertThat(refusal(() -> older.at(gateway).getReady(seat.getRoomId())))
                    .isEqualTo("SESSION_ENDED");
            var again = gateway.subscribe(older.session());
            await("a refusal").atMost(EVENTUALLY).until(() -> again.end().isPresent());
            assertThat(again.end()).contains("SESSION_ENDED");
            assertThat(again.messages()).isEmpty();
        }
        var here = first.subscribe(newer.session());
        await("the seat").atMost(EVENTUALLY).until(() -> sitsAt(seat, newer.id(), here));
        newer.getReady(seat.getRoomId());
        assertThat(here.end()).isEmpty();
    }

    @Test
    void who_comes_back_through_the_other_gateway_after_the_first_was_killed_keeps_the_seat() {
        var keeper = TestPlayer.register(first, "keeper");
        var kept = keeper.enterAndSit("mahjong");
        var leaver = TestPlayer.register(first, "leaver");
        leaver.enter(kept.getRoomId());
        var lost = leaver.sit(kept.toBuilder().setSeat(kept.getSeat() + 1).build());
        var rival = TestPlayer.register(second, "rival");
        rival.enter(kept.getRoomId());
        second.subscribe(rival.session());
        var before = first.subscribe(keeper.session());
        var leaverBefore = first.subscribe(leaver.session());
        await("streams")
                .atMost(EVENTUALLY)
                .until(() -> sitsAt(kept, keeper.id(), before) && sitsAt(lost, leaver.id(), leaverBefore));

        hall.killAt(first.address());

        await("the streams' end")
                .atMost(EVENTUALLY)
                .until(() -> before.end().isPresent() && leaverBefore.end().isPresent());
        assertThat(refusal(() -> rival.sit(kept))).isEqualTo("SEAT_TAKEN");
        var after = second.subscribe(keeper.session(), resume(before));
        await("the seat").atMost(EVENTUALLY).until(() -> sitsAt(kept, keeper.id(), after));
        var welcome = after.messages().getFirst().getWelcome();
        assertThat(welcome.getRoomIdsList()).containsExactly(kept.getRoomId());
        // What only the dead gateway knew is not told again, and the client is not led to believe that nothing was.
        assertThat(welcome.getResumed()).isFalse();

        // Comes back later than the other one, and goes for good: once that seat is free, the time has passed after
        // which the other one, too, would have lost the seat if nobody had gone on vouching.
        var leaverAfter = second.subscribe(leaver.session(), resume(leaverBefore));
        await("the other seat").atMost(EVENTUALLY).until(() -> sitsAt(lost, leaver.id(), leaverAfter));
        leaverAfter.cancel();
        await("the absent player's seat is free").atMost(EVENTUALLY).until(() -> sitsAt(lost, 0, after));
        assertThat(refusal(() -> rival.sit(kept))).isEqualTo("SEAT_TAKEN");
        assertThat(rival.sit(lost)).isEqualTo(lost);
        keeper.at(second).getReady(kept.getRoomId());
        assertThat(tables(after))
                .allSatisfy(table -> assertThat(table.getSeats(kept.getSeat())).isEqualTo(keeper.id()));
        assertThat(after.end()).isEmpty();
    }

    @Test
    void watchers_at_both_gateways_miss_nothing_when_an_owner_of_rooms_is_killed() {
        var gateways = List.of(first, second);
        var players = IntStream.range(0, 8)
                .mapToObj(i -> TestPlayer.register(gateways.get(i % 2), "roamer-" + i))
                .toList();
        var rooms = list(players.getFirst()).getRoomsList().stream()
                .map(RoomSummary::getRoomId)
                .filter(room -> room.startsWith("upgrade"))
                .toList();
        var watchers = players.stream()
                .limit(2)
                .map(player -> player.gateway().watchRooms(player.session()))
                .toList();
        for (int i = 0; i < players.size(); i++) players.get(i).enter(rooms.get(i));
        var streams = players.stream()
                .map(player -> player.gateway().subscribe(player.session()))
                .toList();
        await("one player in each room").atMost(EVENTUALLY).until(() -> watchers.stream()
                .allMatch(watcher -> rooms.stream()
                        .allMatch(room -> RoomsPicture.of(watcher.messages()).members(room) == 1)));

        hall.killAt(busiestOwner());

        // Every room changes: of each two that stand side by side one is left, and in the other one somebody sits down.
        for (int i = 0; i < players.size(); i += 2) {
            players.get(i).quickJoin(rooms.get(i));
            players.get(i + 1).leave(rooms.get(i + 1));
            assertThat(players.get(i + 1).enter(rooms.get(i)).getMembers()).isEqualTo(2);
        }
        for (int at = 0; at < watchers.size(); at++) {
            var watcher = watchers.get(at);
            var player = players.get(at);
            await("a picture that is true")
                    .atMost(EVENTUALLY)
                    .untilAsserted(() -> assertShows(RoomsPicture.of(watcher.messages()), rooms, list(player)));
            assertThat(watcher.end()).isEmpty();
            assertThat(watcher.messages().stream().map(RoomsUpdate::getVersion)).isSorted();
        }
        assertThat(streams).allSatisfy(stream -> {
            assertThat(stream.end()).isEmpty();
            assertWithoutGaps(stream.messages());
        });
    }

    private static void assertShows(RoomsPicture picture, List<String> rooms, ListRoomsReply listed) {
        for (int i = 0; i < rooms.size(); i++) {
            boolean left = i % 2 == 1;
            assertThat(picture.members(rooms.get(i))).as(rooms.get(i)).isEqualTo(left ? 0 : 2);
            assertThat(picture.seated(rooms.get(i))).as(rooms.get(i)).isEqualTo(left ? 0 : 1);
        }
        assertThat(picture).isEqualTo(RoomsPicture.listed(listed.getRoomsList()));
    }

    private static void assertWithoutGaps(List<Event> events) {
        long last = 0;
        for (var event : events) {
            assertThat(event.getSequence()).as(events.toString()).isEqualTo(last + 1);
            last++;
        }
    }

    /** {@code host:port} of the one in whose rooms the most players are. */
    private static String busiestOwner() {
        var listed = hall.hallctl("rooms", "list");
        assertThat(listed.code()).as(listed.output()).isZero();
        var members = new HashMap<String, Integer>();
        // PARTITION OWNER ADDRESS TERM ROOMS MEMBERS
        listed.output()
                .lines()
                .filter(line -> line.matches("\\d+ .*"))
                .map(line -> line.split("\\s+"))
                .forEach(column -> members.merge(column[2], Integer.parseInt(column[5]), Integer::sum));
        return members.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private static ListRoomsReply list(TestPlayer player) {
        return player.gateway()
                .directory(player.session())
                .listRooms(ListRoomsRequest.newBuilder().setPageSize(500).build());
    }

    /** Goes on where a stream has ended. */
    private static SubscribeRequest resume(Recording<SubscribeRequest, Event> stream) {
        return SubscribeRequest.newBuilder()
                .setStreamId(stream.messages().getFirst().getWelcome().getStreamId())
                .setLastSequence(stream.messages().getLast().getSequence())
                .build();
    }

    /** Whether the last that a stream told of a seat is that this player has it; 0: nobody. */
    private static boolean sitsAt(SeatReply seat, long player, Recording<SubscribeRequest, Event> stream) {
        return tables(stream)
                .filter(table -> table.getRoomId().equals(seat.getRoomId()) && table.getTable() == seat.getTable())
                .reduce((older, newer) -> newer)
                .filter(table -> table.getSeats(seat.getSeat()) == player)
                .isPresent();
    }

    private static Stream<TableView> tables(Recording<SubscribeRequest, Event> stream) {
        return stream.messages().stream().filter(Event::hasTable).map(Event::getTable);
    }

    private static String refusal(ThrowingCallable call) {
        return GatewayClient.reason(catchThrowable(call));
    }
}

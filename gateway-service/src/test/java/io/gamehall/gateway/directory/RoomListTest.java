package io.gamehall.gateway.directory;

import static io.gamehall.gateway.testing.Client.reason;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.ListRoomsReply;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.RoomOrder;
import io.gamehall.v1.RoomSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class RoomListTest {
    private static final String TOKEN = TestTickets.player(14_001);
    private static final long NOBODY = 14_999;
    private static long players = 14_100;

    private Client client;
    private JournalWriter journal;
    private final Directory directory;
    private final MeterRegistry meters;

    RoomListTest(Directory directory, MeterRegistry meters) {
        this.directory = directory;
        this.meters = meters;
    }

    /** What is asked for, and the rooms that are to be found, each by its last letter. */
    private record Case(boolean hasSpace, List<Long> with, RoomOrder order, String expected) {
        String label() {
            return switch (order) {
                case FULLEST_FIRST -> "fullest";
                case EMPTIEST_FIRST -> "emptiest";
                default -> "id";
            };
        }
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
    void rooms_are_found_by_filter_and_order_on_pages_of_every_size() {
        var a = open("listed-a", "listed", 20, 2);
        open("listed-b", "listed", 20, 0);
        var c = open("listed-c", "listed", 4, 4);
        var d = open("listed-d", "listed", 20, 2);
        open("listed-e", "listed", 20, 3);
        var friends = List.of(d.getFirst(), c.getFirst(), a.getFirst());
        var all = List.<Long>of();
        var cases = List.of(
                new Case(false, all, RoomOrder.ROOM_ORDER_UNSPECIFIED, "abcde"),
                new Case(false, all, RoomOrder.FULLEST_FIRST, "ceadb"),
                new Case(false, all, RoomOrder.EMPTIEST_FIRST, "badec"),
                new Case(true, all, RoomOrder.ROOM_ORDER_UNSPECIFIED, "abde"),
                new Case(true, all, RoomOrder.FULLEST_FIRST, "eadb"),
                new Case(true, all, RoomOrder.EMPTIEST_FIRST, "bade"),
                new Case(false, friends, RoomOrder.ROOM_ORDER_UNSPECIFIED, "acd"),
                new Case(false, friends, RoomOrder.FULLEST_FIRST, "cad"),
                new Case(true, friends, RoomOrder.EMPTIEST_FIRST, "ad"),
                new Case(false, List.of(a.getFirst(), a.getLast(), NOBODY), RoomOrder.FULLEST_FIRST, "a"),
                new Case(false, List.of(NOBODY), RoomOrder.ROOM_ORDER_UNSPECIFIED, ""));

        for (var one : cases) {
            for (int size = 1; size <= 6; size++) {
                assertThat(listed(one, size)).as("%s, pages of %d", one, size).isEqualTo(one.expected());
                assertThat(polled(one, size)).as("%s, polled by %d", one, size).isEqualTo(one.expected());
            }
        }
    }

    @Test
    void a_list_goes_on_where_it_was_while_rooms_change_their_places() {
        open("moving-a", "moving", 20, 4);
        var members = open("moving-b", "moving", 20, 3);
        open("moving-c", "moving", 20, 2);
        open("moving-d", "moving", 20, 1);
        var fullest = new Case(false, List.of(), RoomOrder.FULLEST_FIRST, "");
        var first = page("moving", fullest, 2, "");
        assertThat(letters(first.getRoomsList())).isEqualTo("ab");

        // The last room of the page, after which the next one begins, becomes the last of all.
        long term = journal.claim("moving-b", "127.0.0.1:1");
        for (long player : members) journal.leave(term, "moving-b", player);
        await().until(() -> members("moving-b") == 0);

        var second = page("moving", fullest, 2, first.getNextPageToken());
        assertThat(letters(second.getRoomsList())).isEqualTo("cd");
        var third = page("moving", fullest, 2, second.getNextPageToken());
        assertThat(letters(third.getRoomsList())).as("as it is now").isEqualTo("b");
        assertThat(third.getNextPageToken()).isEmpty();
    }

    @Test
    void what_is_no_list_is_refused() {
        open("odd-a", "odd", 20, 1);
        open("odd-b", "odd", 20, 0);
        var fullest = new Case(false, List.of(), RoomOrder.FULLEST_FIRST, "");
        var emptiest = new Case(false, List.of(), RoomOrder.EMPTIEST_FIRST, "");
        var token = page("odd", fullest, 1, "").getNextPageToken();
        var crowd = LongStream.rangeClosed(1, 201).boxed().toList();

        assertThat(reason(() -> page("odd", emptiest, 1, token))).isEqualTo("PAGE_INVALID");
        for (var bad : List.of("odd-a", "fullest_many_odd-a", "fullest_1", "fullest_1_NO!")) {
            assertThat(reason(() -> page("odd", fullest, 1, bad))).as(bad).isEqualTo("PAGE_INVALID");
        }
        for (var with : List.of(crowd, List.of(0L))) {
            var one = new Case(false, with, RoomOrder.FULLEST_FIRST, "");
            assertThat(reason(() -> page("odd", one, 1, ""))).isEqualTo("PAGE_INVALID");
        }
        for (var bad : List.of(
                Map.of("order", "random"),
                Map.of("has_space", "perhaps"),
                Map.of("with", "anna"),
                Map.of("with", "0"),
                Map.of("with", joined(crowd)),
                Map.of("order", "fullest", "after", "odd-a"))) {
            poll(bad, "").statusCode(400).body("code", equalTo("PAGE_INVALID"));
        }
    }

    @Test
    void a_page_that_has_not_changed_is_not_looked_up_again_for_those_who_poll() {
        var anna = open("quiet-a", "quiet", 20, 1).getFirst();
        open("quiet-b", "quiet", 20, 0);
        long elsewhere = journal.open(directory, "noisy-a", "noisy", "127.0.0.1:1");
        var query = Map.of("game", "quiet", "order", "fullest", "has_space", "true");
        var friends = Map.of("game", "quiet", "with", Long.toUnsignedString(anna));
        var etag = poll(query, "").statusCode(200).extract().header("ETag");
        var friendsEtag = poll(friends, "").statusCode(200).extract().header("ETag");
        double built = built();

        for (int i = 0; i < 3; i++) poll(query, etag).statusCode(304);
        assertThat(built()).isEqualTo(built);
        journal.enter(elsewhere, "noisy-a", players++);
        await().until(() -> members("noisy-a") == 1);
        poll(query, etag).statusCode(304);
        assertThat(built()).as("another game's changes do not matter").isEqualTo(built);

        long term = journal.claim("quiet-b", "127.0.0.1:1");
        journal.enter(term, "quiet-b", anna);
        await().until(() -> directory.whereIs(new PlayerId(anna)).size() == 2 && members("quiet-b") == 1);
        poll(query, etag).statusCode(200);
        poll(friends, friendsEtag).statusCode(200).body("rooms.room_id", equalTo(List.of("quiet-a", "quiet-b")));
    }

    /** @return the members */
    private List<Long> open(String room, String game, int capacity, int members) {
        long term = journal.claim(room, "127.0.0.1:1");
        journal.room(term, room, game, capacity);
        var in = new ArrayList<Long>();
        for (int i = 0; i < members; i++) {
            in.add(players);
            journal.enter(term, room, players++);
        }
        await().until(() -> members(room) == members);
        return in;
    }

    private int members(String room) {
        return directory
                .room(new RoomId(room))
                .map(io.gamehall.gateway.directory.RoomSummary::members)
                .orElse(-1);
    }

    private double built() {
        return meters.counter("gamehall.directory.pages", "from", "directory").count();
    }

    private String listed(Case one, int size) {
        var letters = new StringBuilder();
        var token = "";
        do {
            var page = page("listed", one, size, token);
            assertThat(page.getRoomsCount()).isLessThanOrEqualTo(size);
            letters.append(letters(page.getRoomsList()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return letters.toString();
    }

    private ListRoomsReply page(String game, Case one, int size, String token) {
        return client.directory(TOKEN)
                .listRooms(ListRoomsRequest.newBuilder()
                        .setGame(game)
                        .setHasSpace(one.hasSpace())
                        .addAllWithPlayers(one.with())
                        .setOrder(one.order())
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }

    private static String polled(Case one, int size) {
        var letters = new StringBuilder();
        var after = "";
        do {
            var query = Map.of(
                    "game", "listed",
                    "has_space", Boolean.toString(one.hasSpace()),
                    "with", joined(one.with()),
                    "order", one.label(),
                    "limit", Integer.toString(size),
                    "after", after);
            var page = poll(query, "").statusCode(200).extract().jsonPath();
            for (var room : page.getList("rooms.room_id", String.class)) letters.append(room.charAt(room.length() - 1));
            after = page.getString("next");
        } while (after != null);
        return letters.toString();
    }

    private static String joined(List<Long> players) {
        return players.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String letters(List<RoomSummary> rooms) {
        return rooms.stream()
                .map(RoomSummary::getRoomId)
                .map(id -> id.substring(id.length() - 1))
                .collect(Collectors.joining());
    }

    private static ValidatableResponse poll(Map<String, String> query, String etag) {
        return given().header("authorization", "Bearer " + TOKEN)
                .header("If-None-Match", etag)
                .queryParams(query)
                .get("/api/rooms")
                .then();
    }
}

package io.gamehall.gateway.directory;

import static io.gamehall.gateway.testing.Client.reason;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.WatchRoomsRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class DirectoryTest {
    private static final String TOKEN = TestTickets.player(7_001);

    private Client client;
    private JournalWriter journal;
    private final Directory directory;
    private final DirectoryFollower follower;
    private final MeterRegistry meters;

    DirectoryTest(Directory directory, DirectoryFollower follower, MeterRegistry meters) {
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
    void rooms_are_listed_page_by_page() {
        for (int i = 0; i < 5; i++) open("paged-" + i, "paged");

        var listed = new ArrayList<String>();
        var token = "";
        int pages = 0;
        do {
            var page = client.directory(TOKEN)
                    .listRooms(ListRoomsRequest.newBuilder()
                            .setGame("paged")
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getRoomsList().stream().map(RoomSummary::getRoomId).forEach(listed::add);
            token = page.getNextPageToken();
            pages++;
        } while (!token.isEmpty());

        assertThat(listed).containsExactly("paged-0", "paged-1", "paged-2", "paged-3", "paged-4");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void what_is_no_page_is_refused() {
        open("pages-0", "pages");

        assertThat(reason(() -> list("pages", 501, ""))).isEqualTo("PAGE_INVALID");
        assertThat(reason(() -> list("pages", -1, ""))).isEqualTo("PAGE_INVALID");
        assertThat(reason(() -> list("pages", 1, "No Room!"))).isEqualTo("PAGE_INVALID");
        assertThat(reason(() -> list("chess", 1, ""))).isEqualTo("GAME_UNKNOWN");
        assertThat(reason(() -> client.directory(TOKEN)
                        .watchRooms(
                                WatchRoomsRequest.newBuilder().setGame("chess").build())
                        .hasNext()))
                .isEqualTo("GAME_UNKNOWN");
    }

    @Test
    void watchers_get_a_snapshot_and_then_what_changed() {
        long term = open("watched-0", "watched");
        open("watched-1", "watched");
        open("unwatched-0", "unwatched");

        var updates = client.directory(TOKEN)
                .watchRooms(WatchRoomsRequest.newBuilder().setGame("watched").build());
        var snapshot = updates.next();
        assertThat(snapshot.getSnapshot()).isTrue();
        assertThat(snapshot.getRoomsList())
                .extracting(RoomSummary::getRoomId)
                .containsExactly("watched-0", "watched-1");

        journal.enter(term, "watched-0", 7_002);
        journal.enter(term, "watched-0", 7_003);
        journal.table(term, "watched-0", 0, JournalWriter.seating(7_002, 0, 0, 0));

        var seen = roomWhen(updates, 2, 1);
        assertThat(seen.getRoomId()).isEqualTo("watched-0");
        journal.leave(term, "watched-0", 7_003);
        assertThat(roomWhen(updates, 1, 1).getCapacity()).isEqualTo(20);
    }

    @Test
    void who_waits_for_a_room_is_counted_there_and_is_not_in_it() {
        long term = open("lined-0", "lined");
        journal.enter(term, "lined-0", 7_010);
        journal.line(term, "lined-0", 7_011, 1);
        await().until(() -> !directory.waitsFor(new PlayerId(7_011)).isEmpty());

        var room = client.directory(TOKEN)
                .listRooms(ListRoomsRequest.newBuilder().setGame("lined").build())
                .getRooms(0);
        assertThat(room.getWaiting()).isEqualTo(1);
        assertThat(room.getMembers()).isEqualTo(1);
        poll(Map.of("game", "lined"), "").body("rooms[0].waiting", equalTo(1));
        assertThat(directory.whereIs(new PlayerId(7_011))).isEmpty();
        assertThat(directory.roomOf(new PlayerId(7_011), "lined")).isEmpty();

        journal.enter(term, "lined-0", 7_011);
        await().until(() -> !directory.whereIs(new PlayerId(7_011)).isEmpty());
        assertThat(directory.waitsFor(new PlayerId(7_011))).isEmpty();
        await().until(() -> members("lined-0") == 2);
    }

    @Test
    void a_record_of_a_lower_term_is_not_believed() {
        long old = open("stale-0", "stale");
        long term = journal.claim("stale-0", "127.0.0.1:2");

        journal.enter(old, "stale-0", 7_004);
        journal.enter(term, "stale-0", 7_005);

        await().until(() -> members("stale-0") > 0);
        assertThat(members("stale-0")).isEqualTo(1);
        assertThat(directory.owner(JournalWriter.partition("stale-0"))).contains("127.0.0.1:2");
    }

    @Test
    void the_owner_of_a_compacted_log_is_known_by_its_repeated_claim() {
        long term = JournalWriter.freshTerm();
        int partition = JournalWriter.partition("compacted-0");
        // The first claim is gone, and the one that lost was written before the owner repeated its own.
        journal.room(term, "compacted-0", "compacted", 20);
        journal.claim("compacted-0", term, JournalWriter.claimOf("127.0.0.1:4", term));
        journal.claim(
                "compacted-0", term, JournalWriter.claimOf("127.0.0.1:3", term).restated(""));

        await().until(() -> directory.owner(partition).equals(Optional.of("127.0.0.1:3")));

        journal.claim("compacted-0", term, JournalWriter.claimOf("127.0.0.1:4", term));
        journal.enter(term, "compacted-0", 7_020);
        await().until(() -> members("compacted-0") == 1);
        assertThat(directory.owner(partition)).as("who lost the term, too late").contains("127.0.0.1:3");
    }

    @Test
    void what_was_read_and_waits_is_a_lag() throws Exception {
        long term = open("lagging-0", "lagging");
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        try {
            follower.execute(() -> awaitQuietly(first));
            journal.enter(term, "lagging-0", 7_030);
            await().until(() -> behind() == 1);
            follower.execute(() -> {
                held.countDown();
                awaitQuietly(second);
            });
            journal.enter(term, "lagging-0", 7_031);
            await().until(() -> behind() == 2);

            first.countDown();
            held.await();

            assertThat(members("lagging-0")).isEqualTo(1);
            assertThat(meters.get("gamehall.directory.lag").gauge().value()).isPositive();
        } finally {
            first.countDown();
            second.countDown();
        }
        await().until(() -> meters.get("gamehall.directory.lag").gauge().value() == 0);
    }

    @Test
    void polling_is_answered_with_304_until_something_changes() {
        long term = open("polled-0", "polled");
        open("polled-1", "polled");
        var etag = poll(Map.of("game", "polled", "limit", "1"), "")
                .statusCode(200)
                .body("rooms", hasSize(1))
                .body("rooms[0].room_id", equalTo("polled-0"))
                .body("next", equalTo("polled-0"))
                .extract()
                .header("ETag");
        poll(Map.of("game", "polled", "after", "polled-0"), "")
                .body("rooms[0].room_id", equalTo("polled-1"))
                .body("next", nullValue());

        poll(Map.of("game", "polled", "limit", "1"), etag).statusCode(304);

        journal.enter(term, "polled-0", 7_006);
        await().until(() -> members("polled-0") == 1);
        poll(Map.of("game", "polled", "limit", "1"), etag).statusCode(200).body("rooms[0].members", equalTo(1));
    }

    @Test
    void bad_polls_are_problems() {
        poll(Map.of("limit", "many"), "").statusCode(400).body("code", equalTo("PAGE_INVALID"));
        poll(Map.of("limit", "-1"), "").statusCode(400).body("code", equalTo("PAGE_INVALID"));
        poll(Map.of("after", "NO!"), "").statusCode(400).body("code", equalTo("PAGE_INVALID"));
        poll(Map.of("game", "chess"), "").statusCode(404).body("code", equalTo("GAME_UNKNOWN"));
        given().get("/api/rooms").then().statusCode(401).body("code", equalTo("TOKEN_MISSING"));
    }

    @Test
    void the_service_is_ready_and_shows_its_metrics() {
        given().get("/q/health/ready").then().statusCode(200);
        var metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics)
                .contains(
                        "gamehall_directory_lag_seconds",
                        "gamehall_directory_behind_records",
                        "gamehall_directory_delay_seconds_count",
                        "gamehall_directory_watchers",
                        "gamehall_directory_deltas_told_total",
                        "gamehall_directory_rooms",
                        "gamehall_events_kept_bytes",
                        "gamehall_streams{",
                        "gamehall_streams_opened_total{",
                        "gamehall_streams_resynced_total{",
                        "gamehall_streams_slow_total{");
    }

    private long open(String room, String game) {
        long term = journal.claim(room, "127.0.0.1:1");
        journal.room(term, room, game, 20);
        await().until(() ->
                directory.room(new io.gamehall.room.domain.RoomId(room)).isPresent());
        return term;
    }

    private double behind() {
        return meters.get("gamehall.directory.behind").gauge().value();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private int members(String room) {
        return directory
                .room(new io.gamehall.room.domain.RoomId(room))
                .map(io.gamehall.gateway.directory.RoomSummary::members)
                .orElse(-1);
    }

    private void list(String game, int size, String token) {
        client.directory(TOKEN)
                .listRooms(ListRoomsRequest.newBuilder()
                        .setGame(game)
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }

    private static RoomSummary roomWhen(Iterator<RoomsUpdate> updates, int members, int seated) {
        while (updates.hasNext()) {
            var update = updates.next();
            assertThat(update.getSnapshot()).isFalse();
            for (var room : update.getRoomsList()) {
                if (room.getMembers() == members && room.getSeated() == seated) return room;
            }
        }
        throw new AssertionError("The watch has ended");
    }

    private static ValidatableResponse poll(Map<String, String> query, String etag) {
        return given().header("authorization", "Bearer " + TOKEN)
                .header("If-None-Match", etag)
                .queryParams(query)
                .get("/api/rooms")
                .then();
    }
}

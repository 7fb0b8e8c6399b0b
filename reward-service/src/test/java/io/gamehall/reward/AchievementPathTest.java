package io.gamehall.reward;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.google.protobuf.ByteString;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.AchievementReport;
import io.gamehall.v1.AchievementReport.Merge;
import io.gamehall.v1.Notice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a game server's report to what a player sees and is told. Also run against the packaged service. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class AchievementPathTest {
    private static final String MINE = "/api/achievements/me";

    private final long player = ThreadLocalRandom.current().nextLong(1, 1L << 50);
    private final Outside outside = new Outside();

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterEach
    void close() {
        outside.close();
    }

    @Test
    void the_latest_report_by_kafkas_time_stands_and_sums_add_up() {
        outside.send(level("1", 10), Outside.AT_MS + 10);
        outside.send(level("2", 12), Outside.AT_MS + 30);
        outside.send(level("3", 11), Outside.AT_MS + 20);
        outside.send(kills("4", 5), Outside.AT_MS + 40);
        outside.send(kills("5", 7), Outside.AT_MS + 35);
        outside.send(kills("4", 5), Outside.AT_MS + 40);

        var notices = awaitNotices(5);
        assertThat(notices)
                .extracting(notice -> notice.getAchievementChanged().getValue())
                .containsExactly(10L, 12L, 5L, 12L, 5L);
        assertThat(notices)
                .extracting(notice -> notice.getAchievementChanged().getAdded())
                .containsExactly(0L, 0L, 5L, 7L, 5L);
        assertThat(notices.get(1).getNoticeId()).isEqualTo("achievement/ios/3/12/knight/%d/2".formatted(player));
        assertThat(notices.get(1).getAtMs()).isEqualTo(Outside.AT_MS + 30);
        assertThat(notices.get(3).getAchievementChanged().getSum()).isTrue();
        assertThat(notices.getLast()).isEqualTo(notices.get(2));
        Outside.get(player, MINE)
                .statusCode(200)
                .body("achievements.type", contains("kills", "level"))
                .body("achievements.value", contains("12", "12"))
                .body("achievements.sum", contains(true, false))
                .body("achievements.payload", contains("Ag==", "Ag=="))
                .body("achievements.at", contains("2023-11-14T22:13:20.040Z", "2023-11-14T22:13:20.030Z"))
                .body("achievements[0].platform", equalTo("ios"))
                .body("achievements[0].zone", is(3))
                .body("achievements[0].server", is(12))
                .body("achievements[0].role_id", equalTo("knight/" + player))
                .body("achievements[0].reported_at", equalTo("2023-11-14T22:13:20Z"))
                .body("next_before", nullValue());
        Outside.get(player + 1, MINE).statusCode(200).body("achievements", empty());
    }

    @Test
    void reports_told_again_change_nothing_and_repeat_the_same_notices_of_what_stands() {
        Runnable tell = () -> {
            outside.send(level("1", 10), Outside.AT_MS + 10);
            outside.send(level("2", 12), Outside.AT_MS + 30);
            outside.send(kills("3", 5), Outside.AT_MS + 40);
            outside.send(kills("4", 7), Outside.AT_MS + 41);
        };
        tell.run();
        var first = new HashSet<>(awaitNotices(4));
        var page = Outside.get(player, MINE).extract().asString();

        tell.run();

        assertThat(new HashSet<>(awaitNotices(7))).isEqualTo(first).hasSize(4);
        assertThat(Outside.get(player, MINE).extract().asString()).isEqualTo(page);
    }

    @Test
    void poison_is_set_aside_with_its_cause_and_later_reports_go_on() {
        var good = level("1", 1);
        poison(level("large", 2).toBuilder()
                .setPayload(ByteString.copyFrom(new byte[4_097]))
                .build());
        poison(level("typeless", 2).toBuilder().clearType().build());
        poison(level("merge", 2).toBuilder().setMergeValue(7).build());
        poison(level("slash", 2).toBuilder().setPlatform("i/os").build());
        outside.send(
                Topics.ACHIEVEMENT_REPORTS, Outside.key(player), level("key", 2).toByteArray());
        outside.send(good, Outside.AT_MS);
        outside.send(level("kind", 2).toBuilder().setMerge(Merge.SUM).build(), Outside.AT_MS + 1);
        outside.send(level("last", 3), Outside.AT_MS + 2);

        assertThat(awaitNotices(2))
                .extracting(notice -> notice.getAchievementChanged().getValue())
                .containsExactly(1L, 3L);
        Outside.get(player, MINE).body("achievements.value", contains("3"));
        await().untilAsserted(() -> assertThat(causes())
                .hasSize(6)
                .anyMatch(cause -> cause.contains("payload has 4097 bytes"))
                .anyMatch(cause -> cause.contains("type is missing"))
                .anyMatch(cause -> cause.contains("merge is unknown"))
                .anyMatch(cause -> cause.contains("platform has a slash"))
                .anyMatch(cause -> cause.contains("key is not 'ios/3/12/knight/%d'".formatted(player)))
                .anyMatch(cause -> cause.contains("Type 'level' of the role is LATEST")));
    }

    @Test
    void a_replayed_report_keeps_the_time_at_which_it_was_told_at_first() {
        outside.send(level("1", 12), Outside.AT_MS + 30);
        outside.replay(level("2", 10), Outside.AT_MS + 10);
        outside.replay(level("nobody's", 11).toBuilder().clearType().build(), Outside.AT_MS + 20);

        outside.send(kills("3", 1), Outside.AT_MS + 40);

        // The last one's is heard when the others are done: of what is overtaken nobody is told.
        assertThat(awaitNotices(2))
                .extracting(notice -> notice.getAchievementChanged().getValue())
                .containsExactly(12L, 1L);
        Outside.get(player, MINE)
                .body("achievements.find { it.type == 'level' }.value", equalTo("12"))
                .body("achievements.find { it.type == 'level' }.at", equalTo("2023-11-14T22:13:20.030Z"));
        await().untilAsserted(() ->
                assertThat(letters("origin-timestamp-ms")).containsExactly(Long.toString(Outside.AT_MS + 20)));
    }

    private void poison(AchievementReport report) {
        outside.send(report, Outside.AT_MS + 50);
    }

    private List<String> causes() {
        return letters("cause");
    }

    /** A header of the letters of this test's role. */
    private List<String> letters(String header) {
        var mine = Long.toString(player);
        return outside.all(Topics.ACHIEVEMENT_REPORTS + Topics.DLQ_SUFFIX).stream()
                .filter(letter -> new String(letter.key(), StandardCharsets.US_ASCII).contains(mine))
                .map(letter -> Outside.header(letter, header))
                .toList();
    }

    @Test
    void the_same_role_under_another_player_begins_anew() {
        outside.send(kills("1", 5), Outside.AT_MS);
        outside.send(kills("1", 7).toBuilder().setPlayerId(player + 1).build(), Outside.AT_MS + 1);

        awaitNotices(1);
        await().untilAsserted(() -> Outside.get(player + 1, MINE).body("achievements.value", contains("7")));
        Outside.get(player, MINE).body("achievements.value", contains("5"));
    }

    @Test
    void pages_have_everything_once_and_administrators_see_those_of_all() {
        for (var id = 1; id <= 7; id++) {
            outside.send(
                    level(Integer.toString(id), id).toBuilder()
                            .setType("type-" + id)
                            .build(),
                    Outside.AT_MS + id);
        }
        awaitNotices(7);

        var first = Outside.get(player, MINE + "?limit=4").statusCode(200).extract();
        assertThat(first.<List<String>>path("achievements.type"))
                .containsExactly("type-7", "type-6", "type-5", "type-4");
        Outside.get(player, MINE + "?limit=4&before=" + first.path("next_before"))
                .body("achievements.type", contains("type-3", "type-2", "type-1"))
                .body("next_before", nullValue());
        var path = "/api/admin/players/%d/achievements".formatted(player);
        with(TestTickets.admin()).get(path).then().statusCode(200).body("achievements", hasSize(7));
        problem(with(TestTickets.player(player)).get(path), 403, "ROLE_MISSING");
        problem(with(TestTickets.admin()).get("/api/admin/players/x/achievements"), 400, "REQUEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=ten", "limit=99999999999", "before=%00", "before=MTIz"})
    void a_page_that_makes_no_sense_is_refused_by_name(String query) {
        problem(with(TestTickets.player(player)).get(MINE + "?" + query), 400, "REQUEST_INVALID")
                .then()
                .body("detail", containsString(query.substring(0, query.indexOf('='))));
    }

    @Test
    void only_a_genuine_token_opens() {
        problem(given().get(MINE), 401, "TOKEN_MISSING");
        problem(with(TestTickets.forged(player)).get(MINE), 401, "TOKEN_INVALID");
        problem(with(TestTickets.ofRegion("elsewhere", player, "player")).get(MINE), 401, "TOKEN_INVALID");
    }

    private static io.restassured.specification.RequestSpecification with(String token) {
        return given().header("authorization", "Bearer " + token);
    }

    private static Response problem(Response response, int status, String code) {
        response.then().statusCode(status).body("code", equalTo(code));
        return response;
    }

    private AchievementReport level(String id, long value) {
        return report(id, "level", value, Merge.LATEST);
    }

    private AchievementReport kills(String id, long value) {
        return report(id, "kills", value, Merge.SUM);
    }

    private AchievementReport report(String id, String type, long value, Merge merge) {
        return AchievementReport.newBuilder()
                .setFactId(id)
                .setPlayerId(player)
                .setPlatform("ios")
                .setZone(3)
                .setServer(12)
                .setRoleId("knight/" + player)
                .setType(type)
                .setValue(value)
                .setPayload(ByteString.copyFrom(new byte[] {2}))
                .setReportedAtMs(Outside.AT_MS)
                .setMerge(merge)
                .build();
    }

    private List<Notice> awaitNotices(int count) {
        await().untilAsserted(() -> assertThat(outside.notices(player)).hasSizeGreaterThanOrEqualTo(count));
        var notices = outside.notices(player);
        assertThat(notices).hasSize(count);
        return notices;
    }
}

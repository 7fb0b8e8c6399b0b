package io.gamehall.reward;

import static io.gamehall.reward.Outside.join;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.Notice;
import io.gamehall.v1.Notice.NoticeCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rewards that are claimed and taken back, as players and administrators see it over REST. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class ClaimTest {
    private final long player = ThreadLocalRandom.current().nextLong(1, 1L << 52);
    private final long now = System.currentTimeMillis();
    private final Outside outside = new Outside();

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(120));
    }

    @AfterEach
    void close() {
        outside.close();
    }

    @Test
    void a_reward_is_the_players_once_it_is_claimed() {
        outside.send(toClaim(1, "points", "points", 50, now));
        outside.send(toClaim(2, "item", "Jade dragon 玉龙", 3, now));

        var claimable = awaitNotices(NoticeCase.REWARD_CLAIMABLE, 2).getFirst().getRewardClaimable();
        assertThat(claimable.getClaimUntilMs())
                .isEqualTo(now + Duration.ofDays(30).toMillis());
        assertThat(claimable.getReward().getClaimed()).isTrue();
        get("/api/grants/me").then().body("grants.state", contains("claimable", "claimable"));
        get("/api/holdings/me").then().body("points", is(0)).body("holdings", empty());
        get("/api/ledger/me").then().body("entries", empty());

        var answer = claim(claimable.getGrantId());
        answer.then()
                .statusCode(200)
                .body("grant_id", equalTo(claimable.getGrantId()))
                .body("state", equalTo("claimed"))
                .body("reward.amount", is(50))
                .body(
                        "claim_until",
                        equalTo(Instant.ofEpochMilli(claimable.getClaimUntilMs())
                                .toString()));
        claim(id(2)).then().statusCode(200);

        get("/api/accounts/me").then().body("points", is(50));
        get("/api/holdings/me")
                .then()
                .body("points", is(50))
                .body("holdings.kind", contains("item"))
                .body("holdings.name", contains("Jade dragon 玉龙"))
                .body("holdings.amount", contains(3))
                .body("next_after", nullValue());
        get("/api/ledger/me")
                .then()
                .body("entries.what", contains("claimed", "claimed"))
                .body("entries.delta", contains(3, 50));
        assertThat(claim(claimable.getGrantId()).asString()).isEqualTo(answer.asString());
        assertThat(awaitNotices(NoticeCase.REWARD_CLAIMED, 2))
                .extracting(notice -> notice.getRewardClaimed().getGrantId())
                .containsExactlyInAnyOrder(id(1), id(2));
    }

    @Test
    void a_join_told_again_undoes_no_claim_and_no_revocation() {
        var claimed = toClaim(1, "points", "points", 50, now);
        var revoked = join(player, 2, "points", "points", 7);
        outside.send(claimed);
        outside.send(revoked);
        awaitNotices(NoticeCase.REWARD_GRANTED, 1);
        claim(id(1)).then().statusCode(200);
        revoke(id(2), "{\"why\":\"a bot\"}").then().statusCode(200);
        awaitNotices(NoticeCase.REWARD_CLAIMED, 1);
        awaitNotices(NoticeCase.REWARD_REVOKED, 1);
        var before = seen();
        var told = outside.notices(player);

        outside.send(claimed);
        outside.send(revoked);

        await().untilAsserted(() -> assertThat(outside.notices(player)).hasSizeGreaterThanOrEqualTo(told.size() + 2));
        assertThat(seen()).isEqualTo(before).contains("\"points\":50", "claimed", "revoked");
        assertThat(outside.notices(player)).allMatch(told::contains);
    }

    @Test
    void what_is_taken_back_is_explained_to_the_player_and_to_administrators() {
        outside.send(join(player, 1, "points", "points", 50));
        outside.send(toClaim(2, "title", "Sage", 1, now));
        awaitNotices(NoticeCase.REWARD_GRANTED, 1);
        awaitNotices(NoticeCase.REWARD_CLAIMABLE, 1);

        var answer = revoke(id(1), "{\"why\":\"a bot\"}");
        answer.then()
                .statusCode(200)
                .body("state", equalTo("revoked"))
                .body("why", equalTo("a bot"))
                .body("revoked_by", equalTo("1"));
        assertThat(revoke(id(1), "{\"why\":\"another reason\"}").asString()).isEqualTo(answer.asString());
        revoke(id(2), "{\"why\":\"a bot, too\"}").then().statusCode(200);

        refused(claim(id(2)), 409, "REWARD_REVOKED").then().body("why", equalTo("a bot, too"));
        get("/api/holdings/me").then().body("points", is(0)).body("holdings", empty());
        get("/api/ledger/me")
                .then()
                .body("entries.what", contains("revoked", "granted"))
                .body("entries.delta", contains(-50, 50))
                .body("entries[0].why", equalTo("a bot"))
                .body("entries[0].revoked_by", nullValue());
        get("/api/grants/me").then().body("grants[0].revoked_by", nullValue());
        asAdmin().get(admin("/ledger")).then().statusCode(200).body("entries[0].revoked_by", equalTo("1"));
        asAdmin().get(admin("/grants")).then().statusCode(200).body("grants[0].revoked_by", equalTo("1"));
        asAdmin().get(admin("/holdings")).then().statusCode(200).body("points", is(0));
        var revocations = awaitNotices(NoticeCase.REWARD_REVOKED, 2);
        assertThat(revocations)
                .extracting(notice -> notice.getRewardRevoked().getWhy())
                .containsExactlyInAnyOrder("a bot", "a bot, too");
        assertThat(revocations)
                .extracting(notice -> notice.getRewardRevoked().getTakenBack())
                .containsExactlyInAnyOrder(50L, 0L);
    }

    @Test
    void a_reward_that_was_not_claimed_in_time_is_lost() {
        outside.send(
                toClaim(1, "points", "points", 50, now - Duration.ofDays(31).toMillis()));
        awaitNotices(NoticeCase.REWARD_CLAIMABLE, 1);

        refused(claim(id(1)), 409, "REWARD_EXPIRED");
        get("/api/grants/me").then().body("grants.state", contains("expired"));
        get("/api/accounts/me").then().body("points", is(0));
    }

    @Test
    void an_id_of_any_kind_is_claimed_as_it_is_or_encoded() {
        for (var source : List.of("plain:1", "with/slash/1", "50%25", "a+b&c=d;e")) {
            outside.send(toClaim(1, "points", "points", 1, now).toBuilder()
                    .setJoinId(source)
                    .build());
        }
        awaitNotices(NoticeCase.REWARD_CLAIMABLE, 4);

        // As it is, also with slashes; REST Assured is told not to encode anything.
        post("/api/rewards/grant/plain:1/claim").then().statusCode(200);
        post("/api/rewards/grant/with/slash/1/claim").then().statusCode(200);
        post("/api/rewards/grant%2Fwith%2Fslash%2F1/claim").then().statusCode(200);
        post("/api/rewards/grant%2F50%2525/claim").then().statusCode(200);
        post("/api/rewards/grant/a+b&c=d%3Be/claim").then().statusCode(200);
        get("/api/accounts/me").then().body("points", is(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "grant", "grant/%20", "grant/ü"})
    void an_id_that_can_not_be_is_refused(String id) {
        refused(post("/api/rewards/" + id.replace("ü", "%C3%BC") + "/claim"), 400, "REQUEST_INVALID");
    }

    @Test
    void rewards_of_others_and_of_nobody_are_not_there() {
        outside.send(toClaim(1, "points", "points", 50, now));
        awaitNotices(NoticeCase.REWARD_CLAIMABLE, 1);

        refused(
                given().header("authorization", "Bearer " + TestTickets.player(player == 1 ? 2 : player - 1))
                        .post("/api/rewards/" + id(1) + "/claim"),
                404,
                "REWARD_NOT_FOUND");
        refused(claim("grant/spring:%d:2".formatted(player)), 404, "REWARD_NOT_FOUND");
        refused(revoke("grant/spring:%d:2".formatted(player), "{\"why\":\"x\"}"), 404, "REWARD_NOT_FOUND");
        get("/api/grants/me").then().body("grants.state", contains("claimable"));
    }

    @Test
    void administrators_alone_see_and_revoke_what_others_have() {
        for (var path : List.of("/grants", "/ledger", "/holdings")) refused(get(admin(path)), 403, "ROLE_MISSING");
        refused(
                given().header("authorization", "Bearer " + TestTickets.player(player))
                        .contentType(ContentType.JSON)
                        .body("{\"why\":\"mine\"}")
                        .post(admin("/rewards/" + id(1) + "/revoke")),
                403,
                "ROLE_MISSING");
        refused(given().post("/api/rewards/" + id(1) + "/claim"), 401, "TOKEN_MISSING");
        refused(asAdmin().get("/api/admin/players/nobody/grants"), 400, "REQUEST_INVALID");
        for (var body : List.of("{}", "{\"why\":\" \"}", "{\"why\":7}", "{\"why\":\"" + "x".repeat(201) + "\"}")) {
            refused(revoke(id(1), body), 400, "REQUEST_INVALID");
        }
    }

    private ActivityJoin toClaim(int ordinal, String kind, String name, long amount, long atMs) {
        var join = join(player, ordinal, kind, name, amount);
        return join.toBuilder()
                .setJoinedAtMs(atMs)
                .setReward(join.getReward().toBuilder().setClaimed(true))
                .build();
    }

    private String id(int ordinal) {
        return "grant/spring:%d:%d".formatted(player, ordinal);
    }

    private String admin(String path) {
        return "/api/admin/players/" + player + path;
    }

    private String seen() {
        return Stream.of("/api/accounts/me", "/api/grants/me", "/api/holdings/me", "/api/ledger/me")
                .map(path -> get(path).asString())
                .reduce("", String::concat);
    }

    private Response get(String path) {
        return given().header("authorization", "Bearer " + TestTickets.player(player))
                .get(path);
    }

    private Response post(String path) {
        return given().urlEncodingEnabled(false)
                .header("authorization", "Bearer " + TestTickets.player(player))
                .post(path);
    }

    private Response claim(String id) {
        return post("/api/rewards/" + id + "/claim");
    }

    private Response revoke(String id, String body) {
        return asAdmin().contentType(ContentType.JSON).body(body).post(admin("/rewards/" + id + "/revoke"));
    }

    private static RequestSpecification asAdmin() {
        return given().header("authorization", "Bearer " + TestTickets.admin());
    }

    private static Response refused(Response answer, int status, String reason) {
        answer.then().statusCode(status).contentType("application/problem+json").body("code", equalTo(reason));
        return answer;
    }

    /** The different notices of a kind to the player, when there are so many. */
    private List<Notice> awaitNotices(NoticeCase kind, int count) {
        await().untilAsserted(() -> assertThat(notices(kind)).hasSize(count));
        return notices(kind);
    }

    private List<Notice> notices(NoticeCase kind) {
        return outside.notices(player).stream()
                .filter(notice -> notice.getNoticeCase() == kind)
                .distinct()
                .toList();
    }
}

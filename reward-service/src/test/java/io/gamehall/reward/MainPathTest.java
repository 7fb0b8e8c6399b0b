package io.gamehall.reward;

import static io.gamehall.reward.Outside.join;
import static io.gamehall.reward.Outside.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.GameResult.Outcome;
import io.gamehall.v1.Notice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a fact in Kafka to what a player sees and is told. Also run against the packaged service: {@link RewardIT}. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class MainPathTest {
    private final long player = ThreadLocalRandom.current().nextLong(1, 1L << 52);
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
    void joins_become_grants_points_and_notices() {
        outside.send(join(player, 1, "points", "points", 50));
        outside.send(join(player, 2, "item", "Jade dragon 玉龙", 1));
        outside.send(join(player, 3, "points", "points", 7));

        var notices = awaitNotices(3);
        assertThat(notices)
                .extracting(notice -> notice.getRewardGranted().getSourceId())
                .containsExactly(
                        "spring:%d:1".formatted(player),
                        "spring:%d:2".formatted(player),
                        "spring:%d:3".formatted(player));
        assertThat(notices.get(1).getRewardGranted().getReward().getName()).isEqualTo("Jade dragon 玉龙");
        Outside.get(player, "/api/accounts/me")
                .statusCode(200)
                .body("player_id", equalTo(Long.toString(player)))
                .body("points", is(57))
                .body("games", empty());
        Outside.get(player, "/api/grants/me")
                .statusCode(200)
                .body("grants.reward.name", contains("points", "Jade dragon 玉龙", "points"))
                .body("grants.reward.amount", contains(7, 1, 50))
                .body("grants[2].grant_id", equalTo("grant/spring:%d:1".formatted(player)))
                .body("grants[2].granted_at", equalTo("2023-11-14T22:13:20.001Z"))
                .body("next_before", nullValue());
    }

    @Test
    void rounds_become_scores_and_each_notice_tells_the_standing_after_it() {
        outside.send(result(player, 1, Outcome.WON, 30));
        outside.send(result(player, 2, Outcome.LOST, -45));
        outside.send(result(player, 3, Outcome.DRAWN, 0));
        outside.send(result(player, 4, Outcome.DISPUTED_ROUND, 0));
        outside.send(result(player, 5, Outcome.WON, 5));

        var changes = awaitNotices(5).stream().map(Notice::getScoreChanged).toList();
        assertThat(changes).extracting(change -> change.getScore()).containsExactly(30L, -15L, -15L, -15L, -10L);
        assertThat(changes).extracting(change -> change.getDelta()).containsExactly(30L, -45L, 0L, 0L, 5L);
        assertThat(changes.getLast().getWins()).isEqualTo(2);
        assertThat(changes.getLast().getRound()).isEqualTo(5);
        Outside.get(player, "/api/accounts/me")
                .statusCode(200)
                .body("games.game", contains("mahjong"))
                .body("games[0].score", is(-10))
                .body("games[0].wins", is(2))
                .body("games[0].losses", is(1))
                .body("games[0].draws", is(1))
                .body("games[0].disputed", is(1));
    }

    @Test
    void facts_told_again_change_nothing_and_repeat_the_same_notices() {
        Runnable tell = () -> {
            outside.send(join(player, 1, "points", "points", 50));
            outside.send(result(player, 1, Outcome.WON, 30));
            outside.send(result(player, 2, Outcome.LOST, -10));
        };
        tell.run();
        var first = new HashSet<>(awaitNotices(3));
        var account = Outside.get(player, "/api/accounts/me").extract().asString();
        var grants = Outside.get(player, "/api/grants/me").extract().asString();

        tell.run();

        assertThat(new HashSet<>(awaitNotices(6))).isEqualTo(first).hasSize(3);
        assertThat(Outside.get(player, "/api/accounts/me").extract().asString()).isEqualTo(account);
        assertThat(Outside.get(player, "/api/grants/me").extract().asString()).isEqualTo(grants);
    }

    @Test
    void poison_is_set_aside_with_its_cause_and_origin_and_later_facts_go_on() {
        var junk = "not protobuf %d".formatted(player).getBytes(StandardCharsets.US_ASCII);
        var origin = outside.send(Topics.GAME_RESULTS, Outside.key(player), junk);
        outside.send(
                Topics.GAME_RESULTS,
                Outside.key(player + 1),
                result(player, 1, Outcome.WON, 999).toByteArray());
        outside.send(result(player, 2, Outcome.WON, 2_000_000));
        outside.send(Topics.GAME_RESULTS, Outside.key(player), null);
        outside.send(result(player, 3, Outcome.WON, 1));

        awaitNotices(1);
        Outside.get(player, "/api/accounts/me").body("games[0].score", is(1)).body("games[0].wins", is(1));
        var letters = outside.all(Topics.GAME_RESULTS + Topics.DLQ_SUFFIX);
        var letter = letters.stream()
                .filter(candidate -> Arrays.equals(candidate.value(), junk))
                .findFirst()
                .orElseThrow();
        assertThat(letter.key()).isEqualTo(Outside.key(player));
        assertThat(Outside.header(letter, "origin-topic")).isEqualTo(origin.topic());
        assertThat(Outside.header(letter, "origin-partition")).isEqualTo(Integer.toString(origin.partition()));
        assertThat(Outside.header(letter, "origin-offset")).isEqualTo(Long.toString(origin.offset()));
        assertThat(Outside.header(letter, "cause")).isNotBlank();
        await().untilAsserted(() -> assertThat(outside.all(Topics.GAME_RESULTS + Topics.DLQ_SUFFIX))
                .extracting(candidate -> Outside.header(candidate, "cause"))
                .anyMatch(cause -> cause.contains("key is not '" + player + "'"))
                .anyMatch(cause -> cause.contains("score is 2000000"))
                .anyMatch(cause -> cause.contains("no value")));
    }

    @Test
    void grants_are_paged_newest_first_without_gap_or_repeat() {
        IntStream.rangeClosed(1, 7).forEach(ordinal -> outside.send(join(player, ordinal, "item", "cup", ordinal)));
        awaitNotices(7);

        var first =
                Outside.get(player, "/api/grants/me?limit=3").statusCode(200).extract();
        var second = Outside.get(player, "/api/grants/me?limit=3&before=" + first.path("next_before"))
                .extract();
        var third = Outside.get(player, "/api/grants/me?limit=3&before=" + second.path("next_before"))
                .extract();

        assertThat(Stream.of(first, second, third)
                        .flatMap(page -> page.<List<Integer>>path("grants.reward.amount").stream()))
                .containsExactly(7, 6, 5, 4, 3, 2, 1);
        assertThat(third.<String>path("next_before")).isNull();
    }

    @Test
    void a_player_without_any_fact_has_nothing_but_the_name_in_the_ticket() {
        Outside.get(player, "/api/accounts/me")
                .statusCode(200)
                .body("name", equalTo("player-" + player))
                .body("points", is(0))
                .body("games", empty());
        Outside.get(player, "/api/grants/me").statusCode(200).body("grants", empty());
    }

    private List<Notice> awaitNotices(int count) {
        await().untilAsserted(() -> assertThat(outside.notices(player)).hasSizeGreaterThanOrEqualTo(count));
        var notices = outside.notices(player);
        assertThat(notices).hasSize(count);
        return notices;
    }
}

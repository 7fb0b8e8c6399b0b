package io.gamehall.gateway.play.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code rooms.lua} on a real Redis. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class RoomsScriptTest {
    private static final long LIFETIME_MS = 60_000;
    private static final String FOR_THE_FIRST_TIME = "0";

    private final RedisDataSource redis;
    private final String player = "rooms-script-test:" + UUID.randomUUID();

    RoomsScriptTest(RedisDataSource redis) {
        this.redis = redis;
    }

    @Test
    void a_claim_in_doubt_lives_until_no_owner_can_decide_and_no_longer_than_it_was_to() {
        claim("a", "first");
        long granted = till();

        long soon = now() + 10_000;
        doubt("first", soon);
        assertThat(till()).isEqualTo(soon + 1_000).isLessThan(granted);
        assertThat(claim("b", "second").get(0).toString()).isEqualTo("busy");

        doubt("first", now() + 10 * LIFETIME_MS);
        assertThat(till()).as("never later than before").isEqualTo(soon + 1_000);

        long before = now();
        doubt("first", before - 5_000);
        assertThat(till()).isBetween(before + 1_000, now() + 1_000);
    }

    @Test
    void a_claim_by_a_clock_that_goes_ahead_is_over() {
        redis.hash(String.class).hset(player, "c:g", (now() + 100 * LIFETIME_MS) + "|a|of-the-other-server");

        assertThat(claim("b", "second").get(0).toString()).isEqualTo("granted");
        redis.hash(String.class).hset(player, "c:g", (now() + 100 * LIFETIME_MS) + "|a|of-the-other-server");
        assertThat(settle("second", "i", "b", FOR_THE_FIRST_TIME)).isEqualTo(1);
    }

    @Test
    void what_is_said_once_more_counts_only_if_the_first_word_was_lost() {
        claim("a", "first");
        assertThat(settle("first", "i", "a", "700")).as("lost").isEqualTo(1);
        assertThat(standing()).endsWith("|i|a");

        run("leave", FOR_THE_FIRST_TIME, "g", "a");
        assertThat(settle("first", "i", "a", "700")).as("heard, and left since").isZero();
        assertThat(standing()).endsWith("|n|");
    }

    @Test
    void a_leave_that_is_said_once_more_does_not_end_the_next_stay() {
        claim("a", "first");
        settle("first", "i", "a", FOR_THE_FIRST_TIME);

        assertThat(run("leave", "60000", "g", "a").toInteger()).isZero();
        assertThat(standing()).endsWith("|i|a");
        assertThat(run("leave", FOR_THE_FIRST_TIME, "g", "a").toInteger()).isEqualTo(1);
        assertThat(standing()).endsWith("|n|");
    }

    @Test
    void the_journal_is_right_about_an_entry_that_nobody_answered_whatever_was_told_before() {
        long over = now() - 1;
        redis.hash(String.class).hset(player, "r:g", (over - 1_000) + "|n|");
        redis.hash(String.class).hset(player, "c:g", over + "||unanswered");
        assertThat(claim("b", "second", "a")).hasToString("[held, i, a]");
        assertThat(claim("", "unanswered", "a")).hasToString("[granted, i, a]");
    }

    @Test
    void what_is_told_after_an_unanswered_entry_is_over_counts_against_an_older_journal() {
        redis.hash(String.class).hset(player, "c:g", (now() - 1) + "||unanswered");
        run("leave", FOR_THE_FIRST_TIME, "g", "a");

        assertThat(claim("b", "second", "a")).hasToString("[granted, n, ]");
    }

    private Response claim(String room, String request, String... seen) {
        var said = new ArrayList<>(List.of("g", room, request));
        said.addAll(List.of(seen));
        return run("claim", FOR_THE_FIRST_TIME, said.toArray(String[]::new));
    }

    private void doubt(String request, long notAfterMs) {
        settle(request, "d", Long.toString(notAfterMs), FOR_THE_FIRST_TIME);
    }

    private int settle(String request, String outcome, String room, String ageMs) {
        return run("settle", ageMs, "g", request, outcome, room, "1000").toInteger();
    }

    private Response run(String what, String ageMs, String... said) {
        var arguments = new ArrayList<String>(
                List.of(script(), "1", player, what, "600", "5000", Long.toString(LIFETIME_MS), ageMs));
        arguments.addAll(List.of(said));
        return redis.execute("EVAL", arguments.toArray(String[]::new));
    }

    private long till() {
        var claim = redis.hash(String.class).hget(player, "c:g");
        return Long.parseLong(claim.substring(0, claim.indexOf('|')));
    }

    private String standing() {
        return redis.hash(String.class).hget(player, "r:g");
    }

    /** By the clock of Redis. */
    private long now() {
        var time = redis.execute("TIME");
        return time.get(0).toLong() * 1_000 + time.get(1).toLong() / 1_000;
    }

    private static String script() {
        try (var stream = RoomsScriptTest.class.getClassLoader().getResourceAsStream("redis/rooms.lua")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.gamehall.activity.join.waiting;

import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.gamehall.activity.Given;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class WaitingRoomTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    WaitingRoom room;

    @BeforeEach
    void theKeyIsKnown() {
        room.read().await().indefinitely();
    }

    @Test
    void who_has_to_wait_is_told_for_how_long_and_is_let_in_at_their_turn() {
        var activity = crowded("line");
        var player = newPlayer();

        var told = waiting(join(player, activity));
        var place = told.<String>path("place");

        assertThat(waitMs(told)).isPositive();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> comeBack(player, activity, place)
                .statusCode(201));
        // At their turn they have one token of their own, and that is spent.
        Awaitility.await().untilAsserted(() -> comeBack(player, activity, place).statusCode(200));
    }

    @Test
    void whoever_comes_later_waits_longer_and_asking_again_takes_no_second_turn() {
        var activity = crowded("longer-line");
        var one = newPlayer();

        var told = waiting(join(one, activity));
        join(one, activity).statusCode(429).body("code", equalTo("TOO_FAST"));
        var next = waiting(join(newPlayer(), activity));

        assertThat(turnMs(next)).isGreaterThan(turnMs(told)).isLessThan(turnMs(told) + 2_000);
        var early = waiting(comeBack(one, activity, told.path("place")));
        assertThat(early.<String>path("place")).isEqualTo(told.path("place"));
    }

    @Test
    void the_place_of_another_player_or_activity_is_worth_nothing() {
        var activity = crowded("others-line");
        var other = crowded("other-line");
        var player = newPlayer();
        var place = waiting(join(player, activity)).<String>path("place");
        var thief = newPlayer();

        var told = waiting(comeBack(thief, activity, place));
        var elsewhere = waiting(comeBack(player, other, place));

        assertThat(told.<String>path("place")).isNotEqualTo(place);
        assertThat(elsewhere.<String>path("place")).isNotEqualTo(place);
    }

    /** One join a second, and a line of so many seconds that there is time to look at it. */
    private static String crowded(String name) {
        var activity = Given.activity(name, "\"activity_rate\":{\"per_second\":1,\"burst\":1}");
        IntStream.range(0, 20).parallel().forEach(one -> join(newPlayer(), activity));
        return activity;
    }

    private static ValidatableResponse comeBack(long player, String activity, String place) {
        return Given.player(player)
                .queryParam("place", place)
                .post("/api/activities/" + activity + "/joins")
                .then();
    }

    private static Response waiting(ValidatableResponse response) {
        return response.statusCode(429)
                .body("code", equalTo("ACTIVITY_BUSY"))
                .body("place", notNullValue())
                .header("retry-after", notNullValue())
                .extract()
                .response();
    }

    private static long turnMs(Response told) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(told.<String>path("place")))
                .getLong();
    }

    private static long waitMs(Response told) {
        return Long.parseLong(told.path("wait_ms"));
    }
}

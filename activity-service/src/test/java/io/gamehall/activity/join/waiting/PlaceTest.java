package io.gamehall.activity.join.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final byte[] KEY = "the key of this cell".getBytes();
    private static final Place PLACE = new Place("welcome", 42, 1_800_000_000_000L);

    @Test
    void it_is_worth_something_from_its_turn_on_for_a_while() {
        assertThat(PLACE.at(PLACE.turnMs() - 1)).isEqualTo(Place.Worth.EARLY);
        assertThat(PLACE.at(PLACE.turnMs())).isEqualTo(Place.Worth.TURN);
        assertThat(PLACE.at(PLACE.turnMs() + Place.TURN_MS - 1)).isEqualTo(Place.Worth.TURN);
        assertThat(PLACE.at(PLACE.turnMs() + Place.TURN_MS)).isEqualTo(Place.Worth.MISSED);
    }

    @Test
    void a_token_brings_the_place_back() {
        assertThat(Place.read(PLACE.token(KEY), "welcome", 42, KEY)).contains(PLACE);
    }

    @Test
    void a_token_is_of_one_player_one_activity_and_one_key() {
        var token = PLACE.token(KEY);

        assertThat(Place.read(token, "welcome", 43, KEY)).isEmpty();
        assertThat(Place.read(token, "welcome2", 42, KEY)).isEmpty();
        assertThat(Place.read(token, "welcome", 42, "another key".getBytes())).isEmpty();
    }

    @Test
    void a_token_whose_turn_was_changed_is_none() {
        var bytes = Base64.getUrlDecoder().decode(PLACE.token(KEY));
        bytes[7]--;

        assertThat(Place.read(Base64.getUrlEncoder().encodeToString(bytes), "welcome", 42, KEY))
                .isEmpty();
    }

    @Test
    void nonsense_is_none() {
        assertThat(Place.read("", "welcome", 42, KEY)).isEmpty();
        assertThat(Place.read("A".repeat(32), "welcome", 42, KEY)).isEmpty();
        assertThat(Place.read("?".repeat(32), "welcome", 42, KEY)).isEmpty();
        assertThat(Place.read("A".repeat(4_000), "welcome", 42, KEY)).isEmpty();
    }
}

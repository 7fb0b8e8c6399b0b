package io.gamehall.activity.catalog.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import org.junit.jupiter.api.Test;

class ActivityJsonTest {
    private static final String WELCOME = """
            {"quota":1000000,"opens_at_ms":0,"closes_at_ms":4102444800000,"per_player":1,
             "reward":{"kind":"points","name":"points","amount":100}}""";

    @Test
    void members_with_defaults_may_be_missing() throws Exception {
        var terms = ActivityJson.stored(json(WELCOME));

        assertThat(terms.suspended()).isFalse();
        assertThat(terms.playerRate()).isEqualTo(PlayerRate.USUAL);
    }

    @Test
    void what_is_written_reads_back_the_same() throws Exception {
        var terms = ActivityJson.stored(json(WELCOME)).suspended(true);

        assertThat(ActivityJson.stored(ActivityJson.write(terms))).isEqualTo(terms);
    }

    @Test
    void what_a_newer_release_stored_is_passed_over() throws Exception {
        var newer =
                json(WELCOME.replace("\"quota\"", "\"shards\":4,\"quota\"").replace("\"kind\"", "\"glow\":1,\"kind\""));

        assertThat(ActivityJson.stored(newer)).isEqualTo(ActivityJson.stored(json(WELCOME)));
    }

    @Test
    void everything_wrong_is_named_at_once() throws Exception {
        var draft = json("""
                {"name":"","quota":0,"opens_at_ms":5,"closes_at_ms":4,"per_player":"2","suspended":1,"colour":"red",
                 "player_rate":{"per_second":0},"reward":{"kind":"gold","name":"x","amount":-1,"glow":true}}""");

        assertThatThrownBy(() -> ActivityJson.draft(draft)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.ACTIVITY_INVALID);
            assertThat(refusal.getMessage().split("; "))
                    .extracting(problem -> problem.split(" ")[0])
                    .containsExactlyInAnyOrder(
                            "/name",
                            "/quota",
                            "/closes_at_ms",
                            "/per_player",
                            "/suspended",
                            "/colour",
                            "/player_rate/per_second",
                            "/player_rate/burst",
                            "/reward/kind",
                            "/reward/amount",
                            "/reward/glow");
        });
    }

    @Test
    void what_is_no_object_is_refused() throws Exception {
        assertThatThrownBy(() -> ActivityJson.draft(json("[1]"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> ActivityJson.stored(json("{\"reward\":7}"))).isInstanceOf(Refusal.class);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}

package io.gamehall.activity.catalog.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamehall.activity.catalog.domain.Access;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.ActivityRate;
import io.gamehall.activity.catalog.domain.Condition;
import io.gamehall.activity.catalog.domain.PlayerCap;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Rates;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
    void everything_that_can_be_set_reads_back_the_same() throws Exception {
        var welcome = ActivityJson.stored(json(WELCOME));
        var terms = new Terms(
                5,
                1,
                2,
                new PlayerCap(7, OptionalInt.of(3), -60),
                true,
                new Rates(new PlayerRate(3, 4), Optional.of(new ActivityRate(5, 6))),
                new Access(
                        List.of(
                                new Condition.InRegion(Set.of("north-america", "shenzhen-telecom")),
                                new Condition.ScoreAtLeast("upgrade", -5),
                                new Condition.Joined(new ActivityId("welcome"))),
                        Set.of(1L, -1L)),
                64,
                new Reward(Reward.Kind.ITEM, "Lantern", 3, Reward.Delivery.CLAIMED));

        assertThat(terms).isNotEqualTo(welcome);
        assertThat(ActivityJson.stored(ActivityJson.write(terms))).isEqualTo(terms);
    }

    @Test
    void a_condition_that_a_newer_release_stored_is_not_passed_over() throws Exception {
        var newer =
                json(WELCOME.replace("\"quota\"", "\"conditions\":[{\"type\":\"height\",\"at_least\":2}],\"quota\""));

        assertThatThrownBy(() -> ActivityJson.stored(newer)).isInstanceOf(Refusal.class);
    }

    @Test
    void the_number_of_shards_stays_and_no_activity_is_its_own_prerequisite() throws Exception {
        var present = new Activity(new ActivityId("mine"), "Mine", 3, ActivityJson.stored(json(WELCOME)));
        var edit = json(WELCOME.replace(
                "\"quota\"",
                "\"name\":\"x\",\"version\":3,\"shards\":2,"
                        + "\"conditions\":[{\"type\":\"joined\",\"activity\":\"mine\"}],\"quota\""));

        assertThatThrownBy(() -> ActivityJson.edited(present, edit))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.violations())
                        .extracting(Refusal.Violation::pointer)
                        .containsExactly("#/shards", "#/conditions"));
    }

    @Test
    void what_a_newer_release_stored_is_passed_over() throws Exception {
        var newer = json(
                WELCOME.replace("\"quota\"", "\"colours\":4,\"quota\"").replace("\"kind\"", "\"glow\":1,\"kind\""));

        assertThat(ActivityJson.stored(newer)).isEqualTo(ActivityJson.stored(json(WELCOME)));
    }

    @Test
    void everything_wrong_is_named_at_once() throws Exception {
        var draft = json("""
                {"name":"","quota":0,"opens_at_ms":5,"closes_at_ms":4,"per_player":"2","suspended":1,"colour":"red",
                 "id":"No Id","per_day":0,"day_offset_minutes":900,"shards":65,"a/b ü":1,
                 "allow_list":["12","0","x",13],"activity_rate":{"per_second":100001,"burst":1},
                 "conditions":[{"type":"region","any_of":["north-america","Not A Name"]},{"type":"height","at_least":2},
                  {"type":"score","game":"","at_least":"1"},{"type":"joined","activity":"","why":1},7],
                 "player_rate":{"per_second":0},
                 "reward":{"kind":"gold","name":"x","amount":-1,"glow":true,"delivery":"mail"}}""");

        assertThatThrownBy(() -> ActivityJson.created(draft)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.ACTIVITY_INVALID);
            assertThat(refusal.violations())
                    .extracting(Refusal.Violation::pointer)
                    .containsExactlyInAnyOrder(
                            "#/id",
                            "#/name",
                            "#/quota",
                            "#/closes_at_ms",
                            "#/per_player",
                            "#/per_day",
                            "#/day_offset_minutes",
                            "#/shards",
                            "#/suspended",
                            "#/colour",
                            "#/a~1b%20%C3%BC",
                            "#/allow_list/1",
                            "#/allow_list/2",
                            "#/allow_list/3",
                            "#/activity_rate/per_second",
                            "#/conditions/0/any_of/1",
                            "#/conditions/1/type",
                            "#/conditions/2/game",
                            "#/conditions/2/at_least",
                            "#/conditions/3/activity",
                            "#/conditions/3/why",
                            "#/conditions/4",
                            "#/conditions/4/type",
                            "#/player_rate/per_second",
                            "#/player_rate/burst",
                            "#/reward/kind",
                            "#/reward/amount",
                            "#/reward/delivery",
                            "#/reward/glow");
            assertThat(refusal.getMessage()).contains("#/reward/kind must be one of points, item, title");
        });
    }

    @Test
    void what_is_no_object_is_refused() throws Exception {
        assertThatThrownBy(() -> ActivityJson.created(json("[1]"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> ActivityJson.stored(json("{\"reward\":7}"))).isInstanceOf(Refusal.class);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}

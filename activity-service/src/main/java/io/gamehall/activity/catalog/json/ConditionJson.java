package io.gamehall.activity.catalog.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.Condition;
import io.gamehall.activity.catalog.domain.Condition.InRegion;
import io.gamehall.activity.catalog.domain.Condition.Joined;
import io.gamehall.activity.catalog.domain.Condition.ScoreAtLeast;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A condition, told by its {@code type}. */
final class ConditionJson {
    private static final String NAME = "must be 1 to 40 characters of a-z, 0-9 and -";

    private static final Condition STAND_IN = new InRegion(Set.of("0"));

    private ConditionJson() {}

    static Condition read(Members members) {
        var kind = members.parsed("type", Condition.Kind::of, "must be region, score or joined", null);
        // What the other members should be, nobody knows then.
        if (kind == null) return STAND_IN;
        var condition =
                switch (kind) {
                    case REGION -> region(members);
                    case SCORE ->
                        new ScoreAtLeast(
                                members.parsed("game", ConditionJson::name, NAME, "0"),
                                members.whole("at_least", -ScoreAtLeast.SCORE_MAX, ScoreAtLeast.SCORE_MAX));
                    case JOINED -> joined(members);
                };
        members.nothingElse();
        return condition;
    }

    static void write(Condition condition, ObjectNode json) {
        json.put("type", condition.kind().word());
        switch (condition) {
            case InRegion region -> {
                var names = json.putArray("any_of");
                region.regions().forEach(names::add);
            }
            case ScoreAtLeast score -> json.put("game", score.game()).put("at_least", score.score());
            case Joined joined -> json.put("activity", joined.activity().value());
        }
    }

    private static Condition joined(Members members) {
        var activity = members.parsed("activity", ActivityId::parse, "must be the id of an activity", null);
        return activity == null ? STAND_IN : new Joined(activity);
    }

    private static InRegion region(Members members) {
        var names = members.texts("any_of", InRegion.REGIONS_MAX, ConditionJson::name, NAME);
        if (names.isEmpty()) members.wrong("/any_of", "must name a region");
        return new InRegion(names.isEmpty() ? Set.of("0") : new HashSet<>(names));
    }

    private static Optional<String> name(String text) {
        return Condition.isName(text) ? Optional.of(text) : Optional.empty();
    }
}

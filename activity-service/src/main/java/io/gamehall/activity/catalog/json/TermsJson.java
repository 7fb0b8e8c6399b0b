package io.gamehall.activity.catalog.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.domain.Access;
import io.gamehall.activity.catalog.domain.ActivityRate;
import io.gamehall.activity.catalog.domain.PlayerCap;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Rates;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Shards;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.platform.Refusal.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The members of an activity's terms. */
final class TermsJson {
    private TermsJson() {}

    static Terms read(Members members, List<Violation> problems) {
        var quota = members.whole("quota", 1, Terms.QUOTA_MAX);
        var noted = problems.size();
        var opens = members.whole("opens_at_ms", 0, Terms.TIME_MS_MAX);
        var closes = members.whole("closes_at_ms", 0, Terms.TIME_MS_MAX);
        if (closes < opens && problems.size() == noted) {
            members.wrong("/closes_at_ms", "must not be before opens_at_ms");
        }
        return new Terms(
                quota,
                opens,
                Math.max(opens, closes),
                cap(members),
                members.flag("suspended", false),
                rates(members),
                access(members),
                (int) members.whole("shards", 1, Shards.MAX, 1),
                reward(members.object("reward")));
    }

    static ObjectNode write(Terms terms, ObjectNode json) {
        json.put("quota", terms.quota());
        json.put("opens_at_ms", terms.opensAtMs());
        json.put("closes_at_ms", terms.closesAtMs());
        json.put("per_player", terms.perPlayer());
        terms.cap().perDay().ifPresent(joins -> json.put("per_day", joins));
        json.put("day_offset_minutes", terms.cap().dayOffsetMinutes());
        json.put("suspended", terms.suspended());
        json.putObject("player_rate")
                .put("per_second", terms.playerRate().perSecond())
                .put("burst", terms.playerRate().burst());
        terms.rates().activity().ifPresent(rate -> json.putObject("activity_rate")
                .put("per_second", rate.perSecond())
                .put("burst", rate.burst()));
        var conditions = json.putArray("conditions");
        terms.access().conditions().forEach(condition -> ConditionJson.write(condition, conditions.addObject()));
        var allowed = json.putArray("allow_list");
        terms.access().allowList().forEach(player -> allowed.add(Long.toUnsignedString(player)));
        json.put("shards", terms.shards());
        json.putObject("reward")
                .put("kind", word(terms.reward().kind()))
                .put("name", terms.reward().name())
                .put("amount", terms.reward().amount())
                .put("delivery", word(terms.reward().delivery()));
        return json;
    }

    private static PlayerCap cap(Members members) {
        return new PlayerCap(
                (int) members.whole("per_player", 1, PlayerCap.MAX, 1),
                members.has("per_day")
                        ? OptionalInt.of((int) members.whole("per_day", 1, PlayerCap.MAX))
                        : OptionalInt.empty(),
                (int) members.whole("day_offset_minutes", PlayerCap.OFFSET_MIN, PlayerCap.OFFSET_MAX, 0));
    }

    private static Rates rates(Members members) {
        return new Rates(
                members.has("player_rate") ? playerRate(members.object("player_rate")) : PlayerRate.USUAL,
                members.has("activity_rate")
                        ? Optional.of(activityRate(members.object("activity_rate")))
                        : Optional.empty());
    }

    private static PlayerRate playerRate(Members members) {
        var rate = new PlayerRate(
                (int) members.whole("per_second", 1, PlayerRate.MAX), (int) members.whole("burst", 1, PlayerRate.MAX));
        members.nothingElse();
        return rate;
    }

    private static ActivityRate activityRate(Members members) {
        var rate = new ActivityRate((int) members.whole("per_second", 1, ActivityRate.PER_SECOND_MAX), (int)
                members.whole("burst", 1, ActivityRate.BURST_MAX));
        members.nothingElse();
        return rate;
    }

    private static Access access(Members members) {
        var conditions = members.objects("conditions", Access.CONDITIONS_MAX).stream()
                .map(ConditionJson::read)
                .toList();
        var allowed = members.texts(
                "allow_list", Access.ALLOWED_MAX, TermsJson::player, "must be a player's id in decimal digits");
        return new Access(conditions, new HashSet<>(allowed));
    }

    private static Optional<Long> player(String text) {
        try {
            var player = Long.parseUnsignedLong(text);
            return player == 0 ? Optional.empty() : Optional.of(player);
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static Reward reward(Members members) {
        var reward = new Reward(
                members.oneOf("kind", Reward.Kind.class),
                members.text("name", Reward.NAME_MAX),
                members.whole("amount", 1, Reward.AMOUNT_MAX),
                members.has("delivery") ? members.oneOf("delivery", Reward.Delivery.class) : Reward.Delivery.AUTOMATIC);
        members.nothingElse();
        return reward;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package io.gamehall.activity.catalog.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An activity's terms as JSON, in the database and in the REST API: see docs/activities.md. */
public final class ActivityJson {
    private static final int NAME_MAX = 100;

    private ActivityJson() {}

    /** What an administrator may set of an activity. */
    public record Draft(String name, Terms terms) {}

    /**
     * Reads what an administrator sent; members that are not known are refused. {@code id} and {@code version} belong
     * to the request, and are let through.
     *
     * @throws Refusal {@link Reason#ACTIVITY_INVALID}, naming everything that is wrong
     */
    public static Draft draft(JsonNode body) {
        var problems = new ArrayList<String>();
        var members = new Members(body, "", true, problems);
        members.has("id");
        members.has("version");
        var name = members.text("name", NAME_MAX);
        var terms = terms(members, problems);
        members.nothingElse();
        if (!problems.isEmpty()) throw new Refusal(Reason.ACTIVITY_INVALID, String.join("; ", problems));
        return new Draft(name, terms);
    }

    /**
     * Reads what the database holds; members that are not known were written by a newer release, and are passed over.
     *
     * @throws Refusal {@link Reason#ACTIVITY_INVALID}, naming everything that is wrong
     */
    public static Terms stored(JsonNode config) {
        var problems = new ArrayList<String>();
        var terms = terms(new Members(config, "", false, problems), problems);
        if (!problems.isEmpty()) throw new Refusal(Reason.ACTIVITY_INVALID, String.join("; ", problems));
        return terms;
    }

    /** Every member, also those that have a default. */
    public static ObjectNode write(Terms terms) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("quota", terms.quota());
        json.put("opens_at_ms", terms.opensAtMs());
        json.put("closes_at_ms", terms.closesAtMs());
        json.put("per_player", terms.perPlayer());
        json.put("suspended", terms.suspended());
        json.putObject("player_rate")
                .put("per_second", terms.playerRate().perSecond())
                .put("burst", terms.playerRate().burst());
        json.putObject("reward")
                .put("kind", terms.reward().kind().name().toLowerCase(Locale.ROOT))
                .put("name", terms.reward().name())
                .put("amount", terms.reward().amount());
        return json;
    }

    private static Terms terms(Members members, List<String> problems) {
        var quota = members.whole("quota", 1, Terms.QUOTA_MAX);
        var noted = problems.size();
        var opens = members.whole("opens_at_ms", 0, Terms.TIME_MS_MAX);
        var closes = members.whole("closes_at_ms", 0, Terms.TIME_MS_MAX);
        if (closes < opens && problems.size() == noted)
            members.wrong("/closes_at_ms", "must not be before opens_at_ms");
        return new Terms(
                quota,
                opens,
                Math.max(opens, closes),
                (int) members.whole("per_player", 1, Terms.PER_PLAYER_MAX, 1),
                members.flag("suspended", false),
                members.has("player_rate") ? rate(members.object("player_rate")) : PlayerRate.USUAL,
                reward(members.object("reward")));
    }

    private static PlayerRate rate(Members members) {
        var rate = new PlayerRate(
                (int) members.whole("per_second", 1, PlayerRate.MAX), (int) members.whole("burst", 1, PlayerRate.MAX));
        members.nothingElse();
        return rate;
    }

    private static Reward reward(Members members) {
        var reward = new Reward(
                members.oneOf("kind", Reward.Kind.class),
                members.text("name", Reward.NAME_MAX),
                members.whole("amount", 1, Reward.AMOUNT_MAX));
        members.nothingElse();
        return reward;
    }
}

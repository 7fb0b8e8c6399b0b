package io.gamehall.activity.catalog.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.Condition.Joined;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Refusal.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An activity as JSON, in the database and in the REST API: see docs/activities.md. */
public final class ActivityJson {
    private static final int NAME_MAX = 100;
    /** Stands in for what could not be read, so that reading goes on. */
    private static final ActivityId NO_ID = new ActivityId("0");

    private ActivityJson() {}

    /**
     * What an administrator sent.
     *
     * @param version that the edit started from; 0 for an activity that is to be created
     */
    public record Draft(ActivityId id, long version, String name, Terms terms) {}

    /**
     * Reads an activity that is to be created; members that are not known are refused.
     *
     * @throws Refusal {@link Reason#ACTIVITY_INVALID}, naming everything that is wrong
     */
    public static Draft created(JsonNode body) {
        var problems = new ArrayList<Violation>();
        var members = new Members(body, "", true, problems);
        var id = members.parsed("id", ActivityId::parse, "must be 1 to 64 characters of a-z, 0-9 and -", NO_ID);
        members.has("version");
        return draft(id, 0, members, problems);
    }

    /**
     * Reads what is to become of an activity; members that are not known are refused. {@code id} belongs
     * to the path, and is let through. What is fixed from the beginning has to stay as it is.
     *
     * @throws Refusal {@link Reason#ACTIVITY_INVALID}, naming everything that is wrong
     */
    public static Draft edited(Activity present, JsonNode body) {
        var problems = new ArrayList<Violation>();
        var members = new Members(body, "", true, problems);
        members.has("id");
        var version = members.whole("version", 1, Long.MAX_VALUE);
        var shards = present.terms().shards();
        if (members.whole("shards", 1, Integer.MAX_VALUE, 1) != shards) {
            members.wrong("/shards", "must stay " + shards + ": where each player's joins are known depends on it");
        }
        return draft(present.id(), version, members, problems);
    }

    /**
     * Reads what the database holds; members that are not known were written by a newer release, and are passed over.
     * A condition that is not known is not: everybody would meet it.
     *
     * @throws Refusal {@link Reason#ACTIVITY_INVALID}, naming everything that is wrong
     */
    public static Terms stored(JsonNode config) {
        var problems = new ArrayList<Violation>();
        var terms = TermsJson.read(new Members(config, "", false, problems), problems);
        refuse(problems);
        return terms;
    }

    /** Every member, also those that have a default. */
    public static ObjectNode write(Terms terms) {
        return TermsJson.write(terms, JsonNodeFactory.instance.objectNode());
    }

    private static Draft draft(ActivityId id, long version, Members members, List<Violation> problems) {
        var name = members.text("name", NAME_MAX);
        var terms = TermsJson.read(members, problems);
        members.nothingElse();
        if (terms.access().conditions().contains(new Joined(id))) {
            members.wrong("/conditions", "must not ask for a join of the activity itself");
        }
        refuse(problems);
        return new Draft(id, version, name, terms);
    }

    private static void refuse(List<Violation> problems) {
        if (problems.isEmpty()) return;
        var detail = problems.stream()
                .map(problem -> problem.pointer() + " " + problem.detail())
                .collect(Collectors.joining("; "));
        throw new Refusal(Reason.ACTIVITY_INVALID, detail).violations(problems);
    }
}

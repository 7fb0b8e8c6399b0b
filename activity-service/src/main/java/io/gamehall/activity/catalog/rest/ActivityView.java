package io.gamehall.activity.catalog.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityStatus;
import io.gamehall.activity.catalog.json.ActivityJson;
import java.util.Locale;
import java.util.OptionalLong;

/** An activity as people see it: see docs/activities.md. */
final class ActivityView {
    private ActivityView() {}

    /** What players see: not who is on the allow-list. */
    static ObjectNode of(Activity activity, OptionalLong taken) {
        var json = whole(activity, taken);
        json.remove("allow_list");
        return json;
    }

    /** What administrators see. */
    static ObjectNode whole(Activity activity, OptionalLong taken) {
        var terms = activity.terms();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", activity.id().value());
        json.put("name", activity.name());
        json.put("version", activity.version());
        var status = ActivityStatus.of(terms, taken, System.currentTimeMillis());
        json.put("status", status.name().toLowerCase(Locale.ROOT));
        if (taken.isPresent()) json.put("remaining", Math.max(0, terms.quota() - taken.getAsLong()));
        else json.putNull("remaining");
        return json.setAll(ActivityJson.write(terms));
    }
}

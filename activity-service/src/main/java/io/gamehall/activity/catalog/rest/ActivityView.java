package io.gamehall.activity.catalog.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.activity.catalog.ShownActivity;
import io.gamehall.activity.catalog.json.ActivityJson;
import java.util.Locale;

/** An activity as people see it: see docs/activities.md. */
enum ActivityView {
    /** What players see: not who is on the allow-list. */
    PLAYERS,
    /** What administrators see. */
    WHOLE;

    ObjectNode of(ShownActivity shown) {
        var activity = shown.activity();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", activity.id().value());
        json.put("name", activity.name());
        json.put("version", activity.version());
        json.put("status", shown.status().name().toLowerCase(Locale.ROOT));
        if (shown.remaining().isPresent())
            json.put("remaining", shown.remaining().getAsLong());
        else json.putNull("remaining");
        json.setAll(ActivityJson.write(activity.terms()));
        if (this == PLAYERS) json.remove("allow_list");
        return json;
    }
}

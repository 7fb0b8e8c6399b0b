package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.join.Participants.OutboxEntry;
import io.gamehall.activity.join.domain.Join;
import io.vertx.redis.client.Response;
import java.util.HashMap;

/** Outbox entries as {@code redis/join.lua} writes them. They carry the reward that was promised when they were made. */
final class OutboxEntries {
    private OutboxEntries() {}

    /** An entry's id starts with the time of its join; a mark from the ledger is that time alone. */
    static long joinedAtMs(String mark) {
        var dash = mark.indexOf('-');
        return Long.parseLong(mark, 0, dash < 0 ? mark.length() : dash, 10);
    }

    /** Reads an entry. A field after another: name, value, name, value. */
    static OutboxEntry entry(Activity activity, String id, Response flat) {
        var fields = new HashMap<String, String>();
        for (var index = 0; index + 1 < flat.size(); index += 2) {
            fields.put(flat.get(index).toString(), flat.get(index + 1).toString());
        }
        var reward = new Reward(
                Reward.Kind.valueOf(fields.get("kind")), fields.get("name"), Long.parseLong(fields.get("amount")));
        return new OutboxEntry(
                id,
                new Join(
                        activity.id(),
                        Long.parseUnsignedLong(fields.get("player")),
                        Integer.parseInt(fields.get("ordinal")),
                        fields.get("region"),
                        joinedAtMs(id),
                        reward));
    }
}

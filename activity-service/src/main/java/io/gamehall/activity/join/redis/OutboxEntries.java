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

    /** An entry's name among all shards: Redis' own id, and behind an {@code @} its shard. */
    static String id(int shard, String entry) {
        return entry + '@' + shard;
    }

    /** The shard in such a name. */
    static int shard(String id) {
        return Integer.parseInt(id, id.indexOf('@') + 1, id.length(), 10);
    }

    /** Redis' own id in such a name. */
    static String entry(String id) {
        return id.substring(0, id.indexOf('@'));
    }

    /** An entry's id starts with the time of its join; a mark from the ledger is that time alone. */
    static long joinedAtMs(String mark) {
        var dash = mark.indexOf('-');
        return Long.parseLong(mark, 0, dash < 0 ? mark.length() : dash, 10);
    }

    /** Reads an entry. A field after another: name, value, name, value. */
    static OutboxEntry entry(Activity activity, int shard, String id, Response flat) {
        var fields = new HashMap<String, String>();
        for (var index = 0; index + 1 < flat.size(); index += 2) {
            fields.put(flat.get(index).toString(), flat.get(index + 1).toString());
        }
        var reward = new Reward(
                Reward.Kind.valueOf(fields.get("kind")),
                fields.get("name"),
                Long.parseLong(fields.get("amount")),
                // Entries of an earlier release have none.
                Reward.Delivery.valueOf(fields.getOrDefault("delivery", Reward.Delivery.AUTOMATIC.name())));
        return new OutboxEntry(
                id(shard, id),
                new Join(
                        activity.id(),
                        Long.parseUnsignedLong(fields.get("player")),
                        Integer.parseInt(fields.get("ordinal")),
                        fields.get("region"),
                        joinedAtMs(id),
                        reward));
    }
}

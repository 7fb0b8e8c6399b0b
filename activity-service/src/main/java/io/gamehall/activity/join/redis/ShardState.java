package io.gamehall.activity.join.redis;

import io.vertx.redis.client.Response;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a shard's state said a moment ago.
 *
 * @param taken joins given; empty: the shard's data was lost
 * @param plan number of the plan that it is in, 0: none
 * @param planned the quota that this plan deals out; empty: the shard waits for its share, and gives none
 * @param share joins that it may give in all
 * @param version of the newest terms that it has heard of
 * @param opening name of the opening that brought its data
 */
record ShardState(OptionalLong taken, long plan, OptionalLong planned, long share, long version, String opening) {
    /** Fields of the state, in the order of {@link #of}. */
    static final List<String> FIELDS = List.of("taken", "plan", "planned", "share", "version", "opening");

    static ShardState of(Response fields) {
        return new ShardState(
                number(fields.get(0)),
                number(fields.get(1)).orElse(0),
                number(fields.get(2)),
                number(fields.get(3)).orElse(0),
                number(fields.get(4)).orElse(0),
                fields.get(5) == null ? "" : fields.get(5).toString());
    }

    boolean isLost() {
        return taken.isEmpty();
    }

    boolean isFrozen() {
        return planned.isEmpty();
    }

    boolean isSettledFor(long quota) {
        return planned.isPresent() && planned.getAsLong() == quota;
    }

    long left() {
        return isFrozen() ? 0 : share - taken.orElse(share);
    }

    private static OptionalLong number(Response field) {
        return field == null ? OptionalLong.empty() : OptionalLong.of(field.toLong());
    }
}

package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.redis.ActivityKeys;
import io.quarkus.redis.datasource.RedisDataSource;

/** Counters of activities that no database knows. */
public final class Opened {
    private Opened() {}

    /** Opens them for good: nobody vouches for what nobody knows. */
    public static void open(Counters counters, RedisDataSource redis, String cell, Activity activity) {
        for (var part : Part.of(activity)) {
            counters.vouch(part, 0)
                    .map(vouched -> new Counters.Rebuild("test-" + part, vouched.run()))
                    .chain(rebuild -> counters.claim(part, rebuild, 0).chain(() -> counters.open(part, rebuild, 1)))
                    .await()
                    .indefinitely();
            var keys = ActivityKeys.of(cell, activity.id().value(), part.number());
            redis.hash(String.class).hset(keys.state(), "sure_until_ms", Long.toString(Terms.TIME_MS_MAX));
        }
    }

    /** Whether joins can rest on all of them. */
    public static boolean isOpen(Counters counters, Activity activity) {
        return Part.of(activity).stream()
                .allMatch(part -> counters.vouch(part, 0).await().indefinitely().trust() == Counters.Trust.SURE);
    }
}

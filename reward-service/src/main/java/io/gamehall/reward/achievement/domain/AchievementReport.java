package io.gamehall.reward.achievement.domain;

import io.gamehall.reward.pipeline.domain.Bounds;
import io.gamehall.reward.pipeline.domain.Fact;
import io.gamehall.reward.pipeline.domain.FactKey;

/**
 * What a game server says of one type of achievement.
 *
 * @param key the player and the report's id, which tells repeats within the role
 * @param type 1-64 characters of visible ASCII
 * @param merge how it comes together with other reports of the type
 * @param value what has been reached, or what is to be added
 * @param atMs Kafka's timestamp, milliseconds since 1970
 * @param reportedAtMs milliseconds since 1970, by the clock of the game server
 */
public record AchievementReport(
        FactKey key, Role role, String type, Merge merge, long value, Payload payload, long atMs, long reportedAtMs)
        implements Fact {
    public static final int TYPE_LENGTH_MAX = 64;

    public AchievementReport {
        Bounds.visibleAscii("type", type, TYPE_LENGTH_MAX);
        Bounds.timeMs("timestamp", atMs);
        Bounds.timeMs("reported_at_ms", reportedAtMs);
    }

    @Override
    public String recordKey() {
        return role.key();
    }

    /** The set that it belongs to. */
    public SetKey set() {
        return new SetKey(key.player(), role.key());
    }

    Stamp stamp() {
        return new Stamp(atMs, key.id());
    }
}

package io.gamehall.activity.join.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A join in JSON. Ids of players are decimal strings: they do not fit the numbers of a browser. */
@RegisterForReflection
public record JoinView(
        @JsonProperty("join_id") String joinId,
        @JsonProperty("activity_id") String activityId,
        @JsonProperty("player_id") String playerId,
        @JsonProperty("ordinal") int ordinal,
        @JsonProperty("joined_at_ms") long joinedAtMs) {
    static JoinView of(ActivityId activity, long player, int ordinal, long joinedAtMs) {
        var playerId = Long.toUnsignedString(player);
        return new JoinView(
                activity.value() + ":" + playerId + ":" + ordinal, activity.value(), playerId, ordinal, joinedAtMs);
    }
}

package io.gamehall.activity.join.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A player's joins of one activity. */
@RegisterForReflection
public record MyJoins(
        @JsonProperty("activity_id") String activityId,
        @JsonProperty("player_id") String playerId,
        @JsonProperty("joins") List<JoinView> joins) {
    public MyJoins {
        joins = List.copyOf(joins);
    }
}

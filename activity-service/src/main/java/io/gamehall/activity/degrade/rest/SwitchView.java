package io.gamehall.activity.degrade.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.activity.degrade.Switch;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A switch that is off, in JSON. */
@RegisterForReflection
public record SwitchView(
        @JsonProperty("name") String name,
        @JsonProperty("why") String why,
        @JsonProperty("by_player_id") String by,
        @JsonProperty("at_ms") long atMs) {
    static SwitchView of(Switch thrown) {
        return new SwitchView(thrown.name(), thrown.why(), Long.toUnsignedString(thrown.by()), thrown.atMs());
    }
}

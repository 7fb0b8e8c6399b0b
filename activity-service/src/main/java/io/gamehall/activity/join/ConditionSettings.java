package io.gamehall.activity.join;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the conditions of activities are looked up. */
@ConfigMapping(prefix = "gamehall.conditions")
public interface ConditionSettings {
    /** How long what the database said of a player is believed. */
    @WithDefault("30S")
    Duration ageMax();

    /** The most answers of the database that are kept, at about 200 bytes each. */
    @WithDefault("100000")
    @Min(1)
    @Max(10_000_000)
    int answersMax();
}

package io.gamehall.activity.reads;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What this process remembers for players who read. */
@ConfigMapping(prefix = "gamehall.reads")
public interface ReadSettings {
    /**
     * How old a player's joins may be that the player is shown. A join through this process is seen at once, one through
     * another after that time.
     */
    @WithDefault("1S")
    Duration joinsAgeMax();

    /** Players' joins kept at most, each of one activity, at about 1 KiB. */
    @WithDefault("20000")
    @Min(1)
    @Max(1_000_000)
    int joinsMax();
}

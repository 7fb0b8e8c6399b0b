package io.gamehall.activity.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How activities are kept in this process. */
@ConfigMapping(prefix = "gamehall.activities")
public interface CatalogSettings {
    /** Pause between two looks at the database for edits whose news did not arrive. */
    @WithDefault("5S")
    Duration refreshEvery();

    /** The most activities that a cell may have; all of them are held in memory, at about 1 KiB each (60 with a full allow-list). */
    @WithDefault("10000")
    @Min(1)
    @Max(100_000)
    int activitiesMax();

    /** How old a remaining quota may be that is shown to players; that of a busy activity is about half as old. */
    @WithDefault("900MS")
    Duration remainingAgeMax();
}

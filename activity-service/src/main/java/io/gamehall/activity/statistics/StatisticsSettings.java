package io.gamehall.activity.statistics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What statistics may cost. */
@ConfigMapping(prefix = "gamehall.statistics")
public interface StatisticsSettings {
    /** The longest window that may be asked for. */
    @WithDefault("24H")
    Duration windowMax();

    /** How old statistics may be. */
    @WithDefault("10S")
    Duration ageMax();

    /** The longest time in which the database counts for one question. */
    @WithDefault("5S")
    Duration timeout();

    /** Questions to the database at a time, in this process; fewer than its connections, which the ledger needs. */
    @WithDefault("2")
    @Min(1)
    @Max(16)
    int inFlightMax();

    /** Answers kept at most, at 100 KiB each when every minute of a day has joins. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int keptMax();
}

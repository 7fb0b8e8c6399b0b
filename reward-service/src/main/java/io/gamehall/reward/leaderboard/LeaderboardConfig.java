package io.gamehall.reward.leaderboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How large leaderboards are, and how they are looked after. */
@ConfigMapping(prefix = "gamehall.leaderboard")
public interface LeaderboardConfig {
    /**
     * How many of a game's best players are ranked at least. Up to twice as many are kept in Redis, so that the board
     * need not be rebuilt whenever one of them falls; each takes about 200 bytes there.
     */
    @WithDefault("10000")
    int size();

    /**
     * Of how many players that left the board it is remembered which of their scores was the newest. Those of the last
     * second at full load are enough; with fewer, scores have to be read again before the board takes them.
     */
    @WithDefault("10000")
    int leaversMax();

    /** How often it is looked whether the boards are whole. */
    @WithDefault("5S")
    Duration check();

    /** Rows read at a time when boards are rebuilt. */
    @WithDefault("2000")
    int pageRows();

    /** How long a step of a rebuild may take; whoever is silent for longer has died, and another may begin. */
    @WithDefault("30S")
    Duration step();

    /** Players whose names are remembered, at about 150 bytes each. */
    @WithDefault("20000")
    int namesMax();
}

package io.gamehall.reward.grant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Claims, and what goes on beside the pipeline. */
@ConfigMapping(prefix = "gamehall.grants")
public interface GrantConfig {
    /** How long a reward may be claimed, from the join on. Grants that stand recorded keep what they were given. */
    @WithDefault("30D")
    Duration claimWindow();

    /** Claims and revocations under way at once, at most; more are refused with OVERLOADED. */
    @WithDefault("256")
    int changesInFlightMax();

    /** How often claims and revocations are looked for of which a player was not told: after a crash, that late. */
    @WithDefault("5S")
    Duration tellEvery();

    /** Pause between two pages of the check that the ledger explains every balance; one page at a time in the cell. */
    @WithDefault("10S")
    Duration checkEvery();

    /** Players in a page of that check. */
    @WithDefault("200")
    int checkPlayers();
}

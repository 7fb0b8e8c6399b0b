package io.gamehall.gateway.play;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of entries into rooms, of which the registry keeps those of one player and game apart. */
@ConfigMapping(prefix = "gamehall.entry")
public interface EntryConfig {
    /** For how long a claim outlives the call's deadline: then the gateway that took it has died. */
    @WithDefault("2s")
    Duration claimMargin();

    /**
     * By how much the clocks of gateways, owners and Redis may differ: an entry that was not answered may take effect
     * for so long after its deadline, and until then there is no other. At most {@link #claimMargin()}.
     */
    @WithDefault("1s")
    Duration doubt();

    /** When to ask again while another entry is under way, at most. */
    @WithDefault("500ms")
    Duration retry();

    /** How long every gateway may take to see in the journal what an owner has answered. */
    @WithDefault("5s")
    Duration followed();

    /** How long the registry may take to answer; beyond it the entry goes on without it. */
    @WithDefault("500ms")
    Duration registryTimeout();

    /** How long the registry remembers the rooms of a player who has no stream. */
    @WithDefault("10m")
    Duration remembered();
}

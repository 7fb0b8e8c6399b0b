package io.gamehall.gateway.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the session registry. */
@ConfigMapping(prefix = "gamehall.session")
public interface SessionConfig {
    /** How long an answer of the registry is believed without asking again; newer logins are told at once anyway. */
    @WithDefault("5s")
    Duration fresh();

    /** How long an answer is kept to go on with while Redis does not answer. */
    @WithDefault("10m")
    Duration kept();

    /** Answers remembered at most, at about 100 bytes each. */
    @WithDefault("200000")
    int cachedMax();

    /** How long Redis may take to answer. */
    @WithDefault("2s")
    Duration timeout();

    /** How long the registry remembers a session; at least as long as a token lives. */
    @WithDefault("13h")
    Duration remembered();
}

package io.gamehall.gateway.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the session registry. */
@ConfigMapping(prefix = "gamehall.session")
public interface SessionConfig {
    /** What becomes of a login while the account has a live session. */
    enum Policy {
        /** The older session ends. */
        DISPLACE,
        /** The login is refused with ALREADY_LOGGED_IN. */
        REFUSE
    }

    @WithDefault("displace")
    Policy policy();

    /** For how long a session counts as live after it was last touched, by its stream or by a call. */
    @WithDefault("30s")
    Duration live();

    /** How often the sessions of the streams that are open here are touched; a few times in {@link #live()}. Less. */
    @WithDefault("10s")
    Duration touch();

    /**
     * How long an answer of the registry is believed without asking again; newer logins are told at once anyway. Longer
     * than {@link #touch()}: then the calls of a player with a stream never ask.
     */
    @WithDefault("15s")
    Duration fresh();

    /**
     * How long an answer is kept, to go on with while Redis does not answer, and to tell a Redis that lost its memory
     * which sessions have ended; at least as long as a token lives.
     */
    @WithDefault("13h")
    Duration kept();

    /** Answers remembered at most, at about 100 bytes each. */
    @WithDefault("200000")
    int cachedMax();

    /** How long Redis may take to answer. */
    @WithDefault("2s")
    Duration timeout();

    /** How long the registry remembers a session after its last touch; at least as long as a token lives. */
    @WithDefault("13h")
    Duration remembered();
}

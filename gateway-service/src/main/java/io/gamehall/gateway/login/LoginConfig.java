package io.gamehall.gateway.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of registration and login. */
@ConfigMapping(prefix = "gamehall.login")
public interface LoginConfig {
    /** Cost of a password's hash, 4-31; each step doubles the time. Below 10 for tests only. */
    @WithDefault("10")
    int bcryptCost();

    /** Threads that hash passwords; by default one for every two processors, so that play keeps its share. */
    OptionalInt workers();

    /** Logins waiting for a thread at most; beyond it they are shed with OVERLOADED. */
    @WithDefault("500")
    int queueMax();

    /** How long a login may wait for a thread; one that waited longer is shed too: its client may have given up. */
    @WithDefault("3s")
    Duration waitMax();

    /** How long a session token is good. */
    @WithDefault("12h")
    Duration tokenLifetime();

    /** The private key (PEM, PKCS#8, RSA of 2048 bits or more) that signs session tokens: a file or resource. */
    String signingKeyLocation();

    /** {@code host:port} of this cell's hall (gRPC and REST), told to players. */
    String hallAddress();

    /** Base URL of the activity service, told to players. */
    String activityUrl();

    /** Base URL of the reward service, told to players. */
    String rewardUrl();

    /** The halls of other cells, each {@code region=host:port}. */
    Optional<List<String>> cells();

    /** Names of the accounts that get the role {@code admin}. */
    Optional<List<String>> admins();

    /** How long the database may take to answer. */
    @WithDefault("5s")
    Duration databaseTimeout();
}

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

    /** Passwords of one address (IPv6: a /64 network) that are hashed or wait for it, at most; shed beyond it. */
    @WithDefault("50")
    int addressQueueMax();

    /**
     * Logins and refreshes at most that change something and have no token yet, at about a millisecond each, ten when
     * the process is cold; beyond it they are shed with OVERLOADED, before they change anything. They wait to the end,
     * so this bounds how long.
     */
    @WithDefault("200")
    int signingMax();

    /** How long a login may wait for a thread; one that waited longer is shed too: its client may have given up. */
    @WithDefault("3s")
    Duration waitMax();

    /** How long a session token is good. */
    @WithDefault("12h")
    Duration tokenLifetime();

    /** A token is refreshed only when the new one is good for so much longer; sooner it is TOO_FAST. */
    @WithDefault("1m")
    Duration refreshMin();

    /** How long a session can be refreshed: no token of it is good any longer after its login. */
    @WithDefault("30d")
    Duration sessionMax();

    /** Whether whoever comes may play as a guest. */
    @WithDefault("false")
    boolean guests();

    /**
     * How often the accounts that guests left behind are removed, once their sessions can't be prolonged any more
     * ({@link #sessionMax()}). What they won stays under their ids.
     */
    @WithDefault("1h")
    Duration guestsSwept();

    /**
     * Failed logins of one account from one address (IPv6: a /64 network) until that must wait; they come back over the
     * window.
     */
    @WithDefault("10")
    int accountAddressFailuresMax();

    /**
     * Failed logins of one account, from wherever they come, until everybody must wait, its owner too. So many that
     * who wants to shut somebody out needs many addresses, and so few that these do not guess a password.
     */
    @WithDefault("100")
    int accountFailuresMax();

    /** Failed logins from one address (IPv6: a /64 network), of whatever accounts, until it must wait. */
    @WithDefault("100")
    int addressFailuresMax();

    /** Accounts that one address makes or tries to, guests among them, until it must wait; many may share an address. */
    @WithDefault("3000")
    int addressAccountsMax();

    /** Accounts with a password that one address makes or tries to; they count as {@link #addressAccountsMax} too. */
    @WithDefault("300")
    int addressRegistrationsMax();

    /** In what time a limit that is used up is whole again; each of its attempts comes back after an equal part. */
    @WithDefault("5m")
    Duration attemptsWindow();

    /** {@code host:port} of this cell's hall (gRPC and REST), told to players. */
    String hallAddress();

    /** Base URL of the activity service, told to players. */
    String activityUrl();

    /** Base URL of the reward service, told to players. */
    String rewardUrl();

    /**
     * Names of the accounts that get the role {@code admin}. From then on nobody can register under them: so register
     * each account first, and then name it here.
     */
    Optional<List<String>> admins();

    /** How long the database may take to answer. */
    @WithDefault("5s")
    Duration databaseTimeout();
}

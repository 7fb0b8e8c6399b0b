package io.gamehall.gateway.login;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** The accounts that guests left behind. */
public interface Guests {
    /**
     * Looks at some accounts that are named like guests', in the order of their names, and removes those of guests that
     * are so old. Fails if the database does not answer in time; whether it took effect is unknown then, and asking again
     * is safe.
     *
     * @param after the name to go on after; empty: from the first on
     * @param max accounts looked at, at most
     * @return the last name looked at; empty if these were all
     */
    Uni<Optional<String>> sweep(String after, Duration age, int max);
}

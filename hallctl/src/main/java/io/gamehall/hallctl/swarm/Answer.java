package io.gamehall.hallctl.swarm;

import java.util.Map;

/** What a call came to, for a client that goes on with its life either way. Errors are {@link CallFailed}. */
sealed interface Answer<T> {
    /** @param repeated whether earlier attempts were put off or got lost */
    record Given<T>(T value, boolean repeated) implements Answer<T> {}

    /** @param reason of docs/errors.md */
    record Refused<T>(String reason, Map<String, String> particulars) implements Answer<T> {}

    default boolean isGiven() {
        return this instanceof Given<T>;
    }
}

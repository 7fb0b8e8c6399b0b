package io.gamehall.activity.catalog.domain;

import java.util.OptionalLong;

/** Where an activity stands, for people who look at it. What a join gets is decided by Redis alone. */
public enum ActivityStatus {
    UPCOMING,
    OPEN,
    SUSPENDED,
    SOLD_OUT,
    ENDED;

    /**
     * @param taken joins given so far, empty where it is not known
     * @param nowMs milliseconds since 1970
     */
    public static ActivityStatus of(Terms terms, OptionalLong taken, long nowMs) {
        if (nowMs >= terms.closesAtMs()) return ENDED;
        if (terms.suspended()) return SUSPENDED;
        if (nowMs < terms.opensAtMs()) return UPCOMING;
        return taken.isPresent() && taken.getAsLong() >= terms.quota() ? SOLD_OUT : OPEN;
    }
}

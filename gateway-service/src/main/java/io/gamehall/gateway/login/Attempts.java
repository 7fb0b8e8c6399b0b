package io.gamehall.gateway.login;

import io.smallrye.mutiny.Uni;

/**
 * Attempts that are limited, counted for the whole cell: who tries at several gateways has no more of them. Every method
 * fails with a {@code Refusal} of {@code DEPENDENCY_UNAVAILABLE} when it gets no answer in time.
 */
public interface Attempts {
    /** What an attempt is counted for. */
    enum Kind {
        ACCOUNT_FAILURES,
        ACCOUNT_ADDRESS_FAILURES,
        ADDRESS_FAILURES,
        ADDRESS_ACCOUNTS,
        ADDRESS_REGISTRATIONS
    }

    /**
     * A limit of somebody.
     *
     * @param key an account's name, an address, or both
     */
    record Limit(Kind kind, String key) {}

    /**
     * Takes one attempt from what is left, or fails with a {@code Refusal} of {@code TOO_FAST} that says when there is
     * one again. One atomic step.
     */
    Uni<Void> take(Limit limit);

    /** Gives an attempt back that was none. */
    Uni<Void> giveBack(Limit limit);
}

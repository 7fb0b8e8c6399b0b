package io.gamehall.platform;

import java.time.Instant;
import java.util.Set;

/**
 * What a verified session token says.
 *
 * @param player the player's id, never 0
 * @param name the account's name
 * @param region the account's region
 * @param generation of the session: each login of the account raises it
 * @param roles {@code player}, {@code admin} for administrators, {@code guest} for guests
 * @param loggedInAt when the session began; a refreshed token says the same
 * @param expiresAt from when on the token is refused
 */
public record Ticket(
        long player,
        String name,
        String region,
        long generation,
        Set<String> roles,
        Instant loggedInAt,
        Instant expiresAt) {
    public Ticket {
        roles = Set.copyOf(roles);
    }

    /**
     * Lets only a role through.
     *
     * @throws Refusal {@link Reason#ROLE_MISSING}
     */
    public Ticket require(String role) {
        if (!roles.contains(role)) throw new Refusal(Reason.ROLE_MISSING, "Needs the role '" + role + "'");
        return this;
    }

    /**
     * Lets only sessions of a region through: cells believe each other's keys, but each has accounts of its own.
     *
     * @throws Refusal {@link Reason#TOKEN_INVALID}
     */
    public Ticket requireRegion(String cell) {
        if (!region.equals(cell)) {
            throw new Refusal(Reason.TOKEN_INVALID, "The session is of region '" + region + "'");
        }
        return this;
    }

    /** The answer to a ticket of a session that is live no more. */
    public static Refusal ended() {
        return new Refusal(Reason.SESSION_ENDED, "The account has logged in elsewhere, or out");
    }
}

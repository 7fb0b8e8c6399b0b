package io.gamehall.gateway.login.domain;

import java.util.Optional;

/**
 * An account of this region.
 *
 * @param player its id: the cell's number in the high bits, 40 random bits below; never 0
 * @param passwordHash bcrypt, in modular crypt format; empty for guests and those whom an issuer vouches for: no
 *     password fits
 * @param home where it lives
 */
public record Account(long player, AccountName name, Optional<String> passwordHash, Home home) {
    private static final int RANDOM_BITS = 40;

    /** Where an account lives that was registered in this region. */
    public sealed interface Home {
        /** In this region. */
        record Here() implements Home {}

        /** It is on its way from one region to another: nobody can log in until it has arrived. */
        record Moving() implements Home {}

        /** In another region, where an administrator has moved it. */
        record Elsewhere(String region) implements Home {}
    }

    /** One that lives here. */
    public Account(long player, AccountName name, Optional<String> passwordHash) {
        this(player, name, passwordHash, new Home.Here());
    }

    /**
     * The id of a new player.
     *
     * @param cell number of the cell, 1-4095
     * @param random of which the low 40 bits are used
     */
    public static long playerId(int cell, long random) {
        if (cell < 1 || cell > 4_095) throw new IllegalArgumentException("A cell's number is 1-4095, not " + cell);
        return (long) cell << RANDOM_BITS | random & ((1L << RANDOM_BITS) - 1);
    }

    @Override
    public String toString() {
        return "Account[" + Long.toUnsignedString(player) + ", " + name.value() + "]";
    }
}

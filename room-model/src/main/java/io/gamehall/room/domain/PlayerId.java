package io.gamehall.room.domain;

/** A player, in all cells for ever. Unsigned 64 bit; 0 is nobody. */
public record PlayerId(long value) implements Comparable<PlayerId> {
    public PlayerId {
        if (value == 0) throw new IllegalArgumentException("No player has the id 0");
    }

    @Override
    public int compareTo(PlayerId other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** Decimal digits. */
    @Override
    public String toString() {
        return Long.toUnsignedString(value);
    }
}

package io.gamehall.room.domain;

import java.util.HashSet;
import java.util.List;

/** A player, in all cells for ever. Unsigned 64 bit; 0 is nobody. */
public record PlayerId(long value) implements Comparable<PlayerId> {
    private static final int FRIENDS_MAX = 7;

    public PlayerId {
        if (value == 0) throw new IllegalArgumentException("No player has the id 0");
    }

    /** 1-7 players, all different, none of them the one who asks: all who fit at a table. */
    static List<PlayerId> friends(List<PlayerId> friends, PlayerId of) {
        if (friends.isEmpty() || friends.size() > FRIENDS_MAX) {
            throw new IllegalArgumentException("Name 1-7 friends");
        }
        if (friends.contains(of) || new HashSet<>(friends).size() < friends.size()) {
            throw new IllegalArgumentException("Name each friend once, and not yourself");
        }
        return List.copyOf(friends);
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

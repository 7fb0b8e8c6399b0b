package io.gamehall.room.domain;

/** A room of the region: 1-48 characters of {@code [a-z0-9-]}. Its hash gives its partition, so it never changes. */
public record RoomId(String value) implements Comparable<RoomId> {
    public static final int LENGTH_MAX = 48;

    public RoomId {
        if (!isValid(value)) throw new IllegalArgumentException("Not a room id (1-48 of a-z, 0-9, -)");
    }

    private static boolean isValid(String value) {
        if (value.isEmpty() || value.length() > LENGTH_MAX) return false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) return false;
        }
        return true;
    }

    @Override
    public int compareTo(RoomId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

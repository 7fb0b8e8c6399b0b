package io.gamehall.reward.achievement.domain;

import java.util.Arrays;

/**
 * What a game server adds to a report, and nobody looks into.
 *
 * @param bytes at most {@value #BYTES_MAX}; not to be changed
 */
public record Payload(byte[] bytes) {
    public static final int BYTES_MAX = 4_096;

    public Payload {
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("payload has %d bytes, more than %d".formatted(bytes.length, BYTES_MAX));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload(var others) && Arrays.equals(bytes, others);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}

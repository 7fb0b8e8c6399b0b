package io.gamehall.room.domain;

import java.util.Arrays;
import java.util.HexFormat;

/** Opaque bytes of a signal, 1-4,096. Immutable. */
public final class Payload {
    public static final int BYTES_MAX = 4_096;

    private final byte[] bytes;

    public Payload(byte[] bytes) {
        if (bytes.length < 1 || bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("A signal has 1-" + BYTES_MAX + " bytes");
        }
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}

package io.gamehall.gateway.events;

import java.util.function.Function;

/**
 * A message in the contract's bytes that goes to many players: it is made ready for the wire once, by whoever needs it
 * first. Any thread.
 */
public final class SharedMessage {
    private final byte[] bytes;
    private volatile Object decoded;

    /** @param bytes not to be changed any more */
    public SharedMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The message, by one decoder for all. */
    public <M> M decoded(Class<M> type, Function<byte[], M> decoder) {
        var known = decoded;
        if (known == null) decoded = known = decoder.apply(bytes);
        return type.cast(known);
    }
}

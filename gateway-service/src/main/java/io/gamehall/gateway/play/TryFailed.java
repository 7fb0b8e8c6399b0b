package io.gamehall.gateway.play;

import java.time.Duration;
import java.util.Optional;

/** One try at an owner came to nothing, and another may help. No bug, hence no stack trace. */
public final class TryFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** Another process owns the partition. */
        MOVED,
        /** The owner can't be reached, or can't answer at the moment. Whether the call took effect is not known. */
        UNAVAILABLE,
        /** No room of the partition has a place. */
        FULL
    }

    private final Kind kind;
    private final transient Optional<String> owner;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param owner {@code host:port} of the owner, where the answer named one
     * @param retryAfter how long to wait, where the answer said so
     * @param answer of the owner
     */
    public TryFailed(Kind kind, Optional<String> owner, Optional<Duration> retryAfter, Throwable answer) {
        super(kind.name(), answer, false, false);
        this.kind = kind;
        this.owner = owner;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    public Optional<String> owner() {
        return owner;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}

package io.gamehall.gateway.play;

import io.gamehall.room.domain.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One try at an owner came to nothing, and another may help. No bug, hence no stack trace. */
public final class TryFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** Another process owns the partition. */
        MOVED,
        /** The owner did not answer, or can't at the moment. Whether the call takes effect is not known. */
        UNAVAILABLE,
        /** There was nobody to send the call to: it has certainly not taken effect. */
        UNREACHED,
        /** No room of the partition has a place. */
        FULL
    }

    private final Kind kind;
    private final transient Optional<String> owner;
    private final transient Optional<Duration> retryAfter;
    private final transient List<RoomId> alternatives;

    /**
     * @param owner {@code host:port} of the owner, where the answer named one
     * @param retryAfter how long to wait, where the answer said so
     * @param answer of the owner
     */
    public TryFailed(Kind kind, Optional<String> owner, Optional<Duration> retryAfter, Throwable answer) {
        this(kind, owner, retryAfter, List.of(), answer);
    }

    private TryFailed(
            Kind kind,
            Optional<String> owner,
            Optional<Duration> retryAfter,
            List<RoomId> alternatives,
            Throwable answer) {
        super(kind.name(), answer, false, false);
        this.kind = kind;
        this.owner = owner;
        this.retryAfter = retryAfter;
        this.alternatives = alternatives;
    }

    /** The partition is full; these rooms of others had space a moment ago, as far as its owner knows. */
    public static TryFailed full(List<RoomId> alternatives, Throwable answer) {
        return new TryFailed(Kind.FULL, Optional.empty(), Optional.empty(), List.copyOf(alternatives), answer);
    }

    /** The call was not sent. */
    public static TryFailed unreached(Throwable cause) {
        return new TryFailed(Kind.UNREACHED, Optional.empty(), Optional.empty(), cause);
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

    public List<RoomId> alternatives() {
        return alternatives;
    }
}

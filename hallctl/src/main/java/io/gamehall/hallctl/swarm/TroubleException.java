package io.gamehall.hallctl.swarm;

/** Carries a {@link Trouble} out of one attempt of a call that is not gRPC's blocking stub. */
final class TroubleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;

    TroubleException(Trouble trouble) {
        super(trouble.name() + ": " + trouble.detail(), null, false, false);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }
}

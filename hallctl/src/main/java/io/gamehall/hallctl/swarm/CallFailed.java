package io.gamehall.hallctl.swarm;

/** A call or a promise of the hall failed for good. It is counted and noted already; the player has to recover. */
final class CallFailed extends Exception {
    private static final long serialVersionUID = 1L;

    CallFailed(String message) {
        super(message, null, false, false);
    }
}

package io.gamehall.hallctl.drill.load;

import java.time.Duration;

/**
 * How a player goes about calls that are not answered.
 *
 * @param deadline of one try
 * @param patience from the first try until the call is given up
 * @param pause before the next try, where the answer advises none or the advice is not heeded
 * @param heedsAdvice whether a delay that the answer advises is kept
 */
record Manners(Duration deadline, Duration patience, Duration pause, boolean heedsAdvice) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A game client: waits longer than a gateway tries, and does as it is told. */
    static final Manners POLITE = new Manners(Duration.ofSeconds(5), PATIENCE, Duration.ofMillis(100), true);

    /**
     * A client in a hurry: sees within half a second that a partition answers again. It gives its tries up before its
     * gateway does, so two tries of one request can be under way at once.
     */
    static final Manners HASTY = new Manners(Duration.ofMillis(500), PATIENCE, Duration.ofMillis(25), false);
}

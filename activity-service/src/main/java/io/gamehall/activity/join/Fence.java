package io.gamehall.activity.join;

import java.time.Duration;

/**
 * Until when what Redis said may still be sent to Kafka. A process that was held up for longer sends nothing any more:
 * Redis may have lost it meanwhile, and the activity may have been opened again without it. What is sent is given up
 * after {@link JoinSettings#publishTimeout()}, and a rebuild waits for {@link JoinSettings#reopenGrace()}.
 */
record Fence(long overAtNanos) {
    /** From before Redis is asked. */
    static Fence from(JoinSettings settings) {
        Duration spare = settings.reopenGrace().minus(settings.publishTimeout());
        return new Fence(System.nanoTime() + spare.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - overAtNanos > 0;
    }
}

package io.gamehall.hallctl.drill.joins;

import io.gamehall.hallctl.drill.hall.DrillHall;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.process.Stopper;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a fault of joins works on: a hall whose players join all the time.
 *
 * @param say prints a line
 */
record JoinScene(DrillHall hall, JoinHistory history, Consumer<String> say) {
    private static final long LOOK_MS = 20;

    /** kill -9. @return which process it was */
    ProcessId kill(String name) {
        return hall.kill(name);
    }

    /** Where a server has its data. */
    Path data(String server) {
        return hall.hall().directory().server(server);
    }

    /**
     * Waits until a join is granted that was asked for after an instant.
     *
     * @param sinceNanos {@link System#nanoTime()}
     * @return false: none was within that time
     */
    boolean awaitGrants(long sinceNanos, long secondsMax) {
        return await(() -> history.hasGrantedSince(sinceNanos), secondsMax);
    }

    /** Waits until a quota is used up. @return false: none was within that time */
    boolean awaitSoldOut(long secondsMax) {
        return await(history::hasSoldOut, secondsMax);
    }

    private static boolean await(BooleanSupplier so, long secondsMax) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) return false;
            Stopper.pause(LOOK_MS);
        }
        return true;
    }
}

package io.gamehall.room.owner;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.List;
import java.util.stream.Stream;

/**
 * The event loop that each partition is confined to, for as long as the process lives; the partitions are shared evenly
 * by all of the process's loops. Any thread.
 */
public final class EventLoops {
    private final Vertx vertx;
    private final List<Context> contexts;

    public EventLoops(Vertx vertx, int partitions) {
        this.vertx = vertx;
        // Not getOrCreateContext(): a thread that is no event loop gets the same context from it each time.
        this.contexts = Stream.<Context>generate(((VertxInternal) vertx)::createEventLoopContext)
                .limit(partitions)
                .toList();
    }

    /** Runs something on the partition's thread, after what was handed over before. */
    public void run(int partition, Runnable turn) {
        contexts.get(partition).runOnContext(now -> turn.run());
    }

    /** Runs something on the partition's thread again and again. */
    void every(long periodMs, int partition, Runnable turn) {
        run(partition, () -> vertx.setPeriodic(periodMs, tick -> turn.run()));
    }

    /** The context of the caller: where its continuation belongs. */
    Context caller() {
        return vertx.getOrCreateContext();
    }

    /** How many partitions there are. */
    public int partitions() {
        return contexts.size();
    }
}

package io.gamehall.activity.pace;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets so many pieces of work go on at a time; the others begin in the order in which they came, on the thread of one that
 * ends. For any thread.
 */
public final class Turns {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private int free;

    /** @param max at least 1 */
    public Turns(int max) {
        this.free = max;
    }

    /** The work, when it is its turn, which lasts until it ends. Who waits for a turn must not be cancelled. */
    public <T> Uni<T> take(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .<Void>emitter(turn -> enter(() -> turn.complete(null)))
                .chain(mine ->
                        Uni.createFrom().deferred(work::get).onTermination().invoke(this::leave));
    }

    private void enter(Runnable begin) {
        synchronized (this) {
            waiting.add(begin);
        }
        goOn();
    }

    private void leave() {
        synchronized (this) {
            free++;
        }
        goOn();
    }

    /** A loop, not calls within calls: of work that ends at once each piece would begin within the end of another. */
    private void goOn() {
        if (asked.getAndIncrement() > 0) return;
        int heard = 1;
        do {
            for (var next = next(); next != null; next = next()) next.run();
            heard = asked.addAndGet(-heard);
        } while (heard > 0);
    }

    private synchronized Runnable next() {
        if (free == 0 || waiting.isEmpty()) return null;
        free--;
        return waiting.poll();
    }
}

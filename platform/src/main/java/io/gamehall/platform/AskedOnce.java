package io.gamehall.platform;

import io.smallrye.mutiny.Uni;

/** An answer that is asked for once, and that any number of callers may wait for, on any threads. */
public final class AskedOnce {
    private AskedOnce() {}

    /**
     * Asks when the first caller subscribes; later ones get the same answer, or failure. Callers who go away do not
     * stop it for the others.
     */
    public static <T> Uni<T> of(Uni<T> question) {
        var remembered = question.memoize().indefinitely();
        // Mutiny 2.9 may hand the item to who subscribes just then before it hands over the subscription, which flatMap
        // takes for an item of its upstream. An emitter always hands over the subscription first.
        return Uni.createFrom().emitter(caller -> remembered.subscribe().with(caller::complete, caller::fail));
    }
}

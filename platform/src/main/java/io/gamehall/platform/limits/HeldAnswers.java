package io.gamehall.platform.limits;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls whose answer is known, and waits. A place is free again when its call is answered, or its client has hung up.
 * Bounded. For any thread; each answer is given on its call's context.
 */
final class HeldAnswers {
    private final int max;
    private final AtomicInteger places = new AtomicInteger();
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    HeldAnswers(int max) {
        this.max = max;
    }

    int number() {
        return places.get();
    }

    /**
     * On the call's context.
     *
     * @param answer ends the call; not run if its client hangs up before
     * @param left run once, when the place is free again; not if there was none
     * @return false if there is no place: all are taken, or the process ends
     */
    boolean hold(RoutingContext call, long forMs, Runnable answer, Runnable left) {
        if (over) return false;
        if (places.incrementAndGet() > max) {
            places.decrementAndGet();
            return false;
        }
        var one = new Held(call, answer, left);
        held.add(one);
        call.addEndHandler(ended -> one.leave());
        one.timer = call.vertx().setTimer(Math.max(1, forMs), due -> one.answer());
        // What is still to come of the request is of no use, and must not fill the connection's window.
        call.request().resume();
        if (over) one.answer();
        return true;
    }

    /** Answers all of them, and holds no more. */
    void letGo() {
        over = true;
        held.forEach(one -> one.context.runOnContext(ended -> one.answer()));
    }

    /** Two are never equal. */
    private final class Held {
        private final RoutingContext call;
        private final Context context;
        private final Runnable answer;
        private final Runnable left;
        private long timer;

        Held(RoutingContext call, Runnable answer, Runnable left) {
            this.call = call;
            this.context = call.vertx().getOrCreateContext();
            this.answer = answer;
            this.left = left;
        }

        void answer() {
            if (leave() && !call.response().closed()) answer.run();
        }

        /** @return whether it was here until now */
        boolean leave() {
            if (!held.remove(this)) return false;
            call.vertx().cancelTimer(timer);
            places.decrementAndGet();
            left.run();
            return true;
        }
    }
}

package io.gamehall.gateway.login;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What takes processors long, on a few threads of its own behind a queue bounded in length, and in time if it may: a storm is shed with
 * {@link Reason#OVERLOADED} and starves nobody who plays.
 */
final class BoundedWork implements AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final ThreadPoolExecutor workers;
    private final long waitMaxNanos;

    /** For what must be done whenever its turn comes: bounded in length only. */
    BoundedWork(String name, int threads, int queueMax, Vertx vertx) {
        this(name, threads, queueMax, Long.MAX_VALUE, vertx);
    }

    /** @param waitMax what has waited longer is shed too: its client may have given up */
    BoundedWork(String name, int threads, int queueMax, Duration waitMax, Vertx vertx) {
        this(name, threads, queueMax, waitMax.toNanos(), vertx);
    }

    private BoundedWork(String name, int threads, int queueMax, long waitMaxNanos, Vertx vertx) {
        this.vertx = vertx;
        this.waitMaxNanos = waitMaxNanos;
        this.workers = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queueMax),
                Thread.ofPlatform().name(name, 0).daemon().factory());
    }

    /** One thread for every two processors, so that play keeps its share. */
    static int threads() {
        return Math.ceilDiv(Runtime.getRuntime().availableProcessors(), 2);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    /**
     * Does it, unless nobody waits for it any more. Answers on the caller's context.
     *
     * @param done run once for each subscription, when the work has left queue and thread, whatever came of it
     */
    <T> Uni<T> run(Supplier<T> job, Runnable done) {
        var caller = vertx.getOrCreateContext();
        return Uni.createFrom()
                .<T>emitter(answer -> enqueue(job, done, answer))
                .emitOn(answer -> caller.runOnContext(back -> answer.run()));
    }

    private <T> void enqueue(Supplier<T> job, Runnable done, UniEmitter<? super T> answer) {
        long asked = System.nanoTime();
        var wanted = new AtomicBoolean(true);
        answer.onTermination(() -> wanted.set(false));
        try {
            workers.execute(() -> {
                try {
                    if (System.nanoTime() - asked > waitMaxNanos) answer.fail(overloaded());
                    else if (wanted.get()) answer.complete(job.get());
                } catch (RuntimeException failed) {
                    answer.fail(failed);
                } finally {
                    done.run();
                }
            });
        } catch (RejectedExecutionException full) {
            done.run();
            answer.fail(overloaded());
        }
    }

    static Refusal overloaded() {
        return new Refusal(Reason.OVERLOADED, "Too many logins at the moment").retryAfter(RETRY);
    }
}

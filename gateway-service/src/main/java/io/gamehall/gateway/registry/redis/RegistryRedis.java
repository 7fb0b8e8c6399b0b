package io.gamehall.gateway.registry.redis;

import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Redis as the registry of sessions and rooms. When it has not answered, those who can do without it do not ask it for a
 * second: they must not wait for it one after the other. Any thread; never blocks.
 */
@Singleton
public class RegistryRedis {
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HeldConnections redis;
    private volatile boolean away;
    private final AtomicLong askAgainAtNanos = new AtomicLong();

    public RegistryRedis(HeldConnections redis) {
        this.redis = redis;
    }

    /** As {@link #run}, for those who can do without: fails at once if there was no answer a moment ago. */
    public Future<Response> runUnlessAway(
            RedisScript script, List<String> keys, List<String> arguments, Duration answerMax) {
        return mayAsk() ? run(script, keys, arguments, answerMax) : Future.failedFuture("Redis did not answer lately");
    }

    /** Whether there was no answer a moment ago. */
    public boolean isAway() {
        return away && System.nanoTime() - askAgainAtNanos.get() < 0;
    }

    /** Once a second one may try whether it is back; who finds that a Redis hangs, waits alone. */
    private boolean mayAsk() {
        if (!away) return true;
        long at = askAgainAtNanos.get();
        long now = System.nanoTime();
        return now - at >= 0 && askAgainAtNanos.compareAndSet(at, now + REST_NANOS);
    }

    /**
     * Runs a script.
     *
     * @param keys all of one slot
     * @param answerMax how long the answer may take
     * @return the answer on the caller's context; failed if there is none in time
     */
    public Future<Response> run(RedisScript script, List<String> keys, List<String> arguments, Duration answerMax) {
        return script.run(redis, keys, arguments)
                .timeout(answerMax.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(answer -> away = false)
                .onFailure(failure -> {
                    // It has answered, even if not as it should.
                    if (failure instanceof ErrorType) return;
                    askAgainAtNanos.set(System.nanoTime() + REST_NANOS);
                    away = true;
                });
    }
}

package io.gamehall.gateway.login;

import io.gamehall.gateway.login.domain.Password;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes and checks passwords (bcrypt) on a few threads of its own, behind a queue bounded in length and time: a storm of logins is shed
 * with {@link Reason#OVERLOADED} and starves nobody who plays.
 */
@Singleton
class PasswordHashing {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final ThreadPoolExecutor workers;
    private final int cost;
    private final long waitMaxNanos;
    /** Checked when there is no account, so that this takes as long as a wrong password. */
    private final String nobody;

    PasswordHashing(LoginConfig config, Vertx vertx) {
        this.vertx = vertx;
        cost = config.bcryptCost();
        nobody = BcryptUtil.bcryptHash("nobody has this password", cost);
        waitMaxNanos = config.waitMax().toNanos();
        int threads = config.workers()
                .orElseGet(() -> Math.ceilDiv(Runtime.getRuntime().availableProcessors(), 2));
        workers = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.queueMax()),
                Thread.ofPlatform().name("password-", 0).daemon().factory());
    }

    @PreDestroy
    void stop() {
        workers.shutdownNow();
    }

    /** The hash of a password. Answers on the caller's event loop. */
    Uni<String> hash(Password password) {
        return work(() -> BcryptUtil.bcryptHash(password.value(), cost));
    }

    /** Whether a password belongs to a hash; false for none, after the same time. Answers on the caller's event loop. */
    Uni<Boolean> matches(Password password, Optional<String> hash) {
        return work(() -> BcryptUtil.matches(password.value(), hash.orElse(nobody)) && hash.isPresent());
    }

    private <T> Uni<T> work(Supplier<T> job) {
        long asked = System.nanoTime();
        var caller = vertx.getOrCreateContext();
        return Uni.createFrom()
                .item(() -> {
                    if (System.nanoTime() - asked > waitMaxNanos) throw overloaded();
                    return job.get();
                })
                .runSubscriptionOn(workers)
                .emitOn(answer -> caller.runOnContext(back -> answer.run()))
                .onFailure(RejectedExecutionException.class)
                .transform(full -> overloaded());
    }

    private static Refusal overloaded() {
        return new Refusal(Reason.OVERLOADED, "Too many logins at the moment").retryAfter(RETRY);
    }
}

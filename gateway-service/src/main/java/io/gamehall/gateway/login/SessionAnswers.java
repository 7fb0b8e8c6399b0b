package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.LoggedIn;
import io.gamehall.platform.Cell;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What a player gets who has a session: a new token of it, and where to go with it. Signing takes a processor about a
 * millisecond, so a storm of logins is shed, but only before it has changed anything: see {@link #promised}.
 */
@Singleton
class SessionAnswers {
    private final SessionTokens tokens;
    private final LoginConfig config;
    private final String region;
    private final BoundedWork signing;
    private final AtomicInteger promises = new AtomicInteger();

    SessionAnswers(SessionTokens tokens, LoginConfig config, Cell cell, Vertx vertx) {
        this.tokens = tokens;
        // Each token in the queue was promised, and little work next to its password: so they get all processors.
        int threads = Runtime.getRuntime().availableProcessors();
        this.signing = new BoundedWork("signing-", threads, config.signingMax(), vertx);
        this.config = config;
        this.region = cell.name();
    }

    @PreDestroy
    void stop() {
        signing.close();
    }

    /**
     * Does what ends in {@link #of}, to its end even when the caller goes away: an account that is made, or a session
     * that ends another, without a token for it would be half done. Fails with a refusal of OVERLOADED, before anything
     * is done, when as many are promised as the hall may sign.
     */
    <T> Uni<T> promised(Supplier<Uni<? extends T>> login) {
        return Uni.createFrom().emitter(answer -> {
            if (promises.incrementAndGet() > config.signingMax()) {
                promises.decrementAndGet();
                answer.fail(BoundedWork.overloaded());
                return;
            }
            Uni.createFrom()
                    .deferred(login)
                    .onTermination()
                    .invoke(promises::decrementAndGet)
                    .subscribe()
                    .with(answer::complete, answer::fail);
        });
    }

    /** Answers on the caller's event loop; to be called within {@link #promised} only, once. */
    Uni<LoggedIn> of(SessionTokens.Subject subject) {
        return signing.run(() -> loggedIn(subject.player(), tokens.sign(subject)), () -> {});
    }

    private LoggedIn loggedIn(long player, SessionTokens.Token token) {
        return new LoggedIn(
                player,
                token.value(),
                token.expiresAt(),
                region,
                config.hallAddress(),
                config.activityUrl(),
                config.rewardUrl());
    }
}

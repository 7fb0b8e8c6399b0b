package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.LoggedIn;
import io.gamehall.platform.Cell;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** What a player gets who has a session: a new token of it, and where to go with it. */
@Singleton
class SessionAnswers {
    private final SessionTokens tokens;
    private final LoginConfig config;
    private final String region;
    private final BoundedWork signing;

    SessionAnswers(SessionTokens tokens, LoginConfig config, Cell cell, Vertx vertx) {
        this.tokens = tokens;
        this.signing =
                new BoundedWork("signing-", BoundedWork.threads(), config.signingQueueMax(), config.waitMax(), vertx);
        this.config = config;
        this.region = cell.name();
    }

    @PreDestroy
    void stop() {
        signing.close();
    }

    /** Answers on the caller's event loop, or fails with a refusal of OVERLOADED: signing takes about a millisecond. */
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

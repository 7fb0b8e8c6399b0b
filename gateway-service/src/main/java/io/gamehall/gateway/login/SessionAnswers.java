package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.LoggedIn;
import io.gamehall.platform.Cell;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;

/** What a player gets who has a session: a new token of it, and where to go with it. */
@Singleton
class SessionAnswers {
    private final SessionTokens tokens;
    private final LoginConfig config;
    private final String region;

    SessionAnswers(SessionTokens tokens, LoginConfig config, Cell cell) {
        this.tokens = tokens;
        this.config = config;
        this.region = cell.name();
    }

    /** Answers on a worker thread. */
    Uni<LoggedIn> of(SessionTokens.Subject subject) {
        return Uni.createFrom()
                .item(subject)
                // Signing takes about a millisecond: not on an event loop.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(it -> loggedIn(it.player(), tokens.sign(it)));
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

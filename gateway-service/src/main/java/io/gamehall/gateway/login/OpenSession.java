package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.LoggedIn;
import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Cell;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;

/** Begins a session of an account whose owner has proved to be it, which ends the older one. */
@Singleton
class OpenSession {
    private final Sessions sessions;
    private final SessionTokens tokens;
    private final LoginConfig config;
    private final String region;

    OpenSession(Sessions sessions, SessionTokens tokens, LoginConfig config, Cell cell) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.config = config;
        this.region = cell.name();
    }

    Uni<LoginOutcome> of(Account account) {
        return sessions.begin(account.player())
                // Signing takes about a millisecond: not on an event loop.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(generation -> loggedIn(account, tokens.sign(account, generation)));
    }

    private LoginOutcome loggedIn(Account account, SessionTokens.Token token) {
        return new LoggedIn(
                account.player(),
                token.value(),
                token.expiresAt(),
                region,
                config.hallAddress(),
                config.activityUrl(),
                config.rewardUrl());
    }
}

package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.LoggedIn;
import io.gamehall.gateway.login.SessionTokens.Subject;
import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.session.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Begins a session of an account whose owner has proved to be it, which ends the older one. */
@Singleton
class OpenSession {
    private final Sessions sessions;
    private final SessionAnswers answers;

    OpenSession(Sessions sessions, SessionAnswers answers) {
        this.sessions = sessions;
        this.answers = answers;
    }

    Uni<LoginOutcome> of(Account account) {
        return begin(account, false);
    }

    /** Of an account made for this one session. */
    Uni<LoginOutcome> ofGuest(Account account) {
        return begin(account, true);
    }

    private Uni<LoginOutcome> begin(Account account, boolean guest) {
        return sessions.begin(account.player())
                .map(generation ->
                        new Subject(account.player(), account.name().value(), guest, generation, Instant.now()))
                .flatMap(this::answer)
                .map(LoggedIn.class::cast);
    }

    /** A session that its player is not told of must not keep the next login out. */
    private Uni<LoggedIn> answer(Subject subject) {
        return answers.of(subject).onFailure().call(() -> sessions.end(subject.player(), subject.generation())
                .onFailure()
                .recoverWithNull());
    }
}

package io.gamehall.gateway.login;

import io.gamehall.gateway.login.SessionTokens.Subject;
import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.session.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.function.Supplier;

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
        return begin(() -> Uni.createFrom().item(account), false);
    }

    /** Of an account that is made for it, if the hall can take another login. */
    Uni<LoginOutcome> ofNew(Supplier<Uni<Account>> account) {
        return begin(account, false);
    }

    /** Of an account that is made for this one session, if the hall can take another login. */
    Uni<LoginOutcome> ofGuest(Supplier<Uni<Account>> account) {
        return begin(account, true);
    }

    private Uni<LoginOutcome> begin(Supplier<Uni<Account>> account, boolean guest) {
        return answers.promised(() -> account.get()
                .flatMap(known -> sessions.begin(known.player()).map(generation -> subject(known, generation, guest)))
                .flatMap(this::answer));
    }

    private static Subject subject(Account account, long generation, boolean guest) {
        return new Subject(account.player(), account.name().value(), guest, generation, Instant.now());
    }

    /** A session that its player is not told of must not keep the next login out. */
    private Uni<LoginOutcome> answer(Subject subject) {
        return answers.of(subject).<LoginOutcome>map(token -> token).onFailure().call(() -> sessions.end(
                        subject.player(), subject.generation())
                .onFailure()
                .recoverWithNull());
    }
}

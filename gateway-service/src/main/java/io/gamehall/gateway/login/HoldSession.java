package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.LoggedIn;
import io.gamehall.gateway.login.SessionTokens.Subject;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.platform.Tickets;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What a player does with a session that is there: prolong it, or end it. */
@Singleton
public class HoldSession {
    private final Tickets tickets;
    private final Sessions sessions;
    private final SessionTokens tokens;
    private final SessionAnswers answers;
    private final String region;

    HoldSession(Tickets tickets, Sessions sessions, SessionTokens tokens, SessionAnswers answers, Cell cell) {
        this.region = cell.name();
        this.tickets = tickets;
        this.sessions = sessions;
        this.tokens = tokens;
        this.answers = answers;
    }

    /**
     * A new token of the same session, good for longer than the present one.
     *
     * @param authorization with the present token; may be null
     * @return fails with a {@link Refusal}: what {@link Tickets#verify} and {@link Sessions#requireLive} refuse, and
     *     {@link Reason#SESSION_TOO_OLD}, {@link Reason#TOO_FAST} for a token that is new, {@link Reason#OVERLOADED}. Answers on any thread
     */
    public Uni<LoggedIn> refresh(String authorization) {
        return Uni.createFrom().deferred(() -> {
            var ticket = tickets.verify(authorization);
            return sessions.requireLive(ticket).flatMap(live -> {
                if (!ticket.expiresAt().isBefore(tokens.endOf(ticket.loggedInAt()))) throw tooOld();
                var wait = tokens.refreshableIn(ticket.expiresAt());
                if (wait.isPositive()) throw tooFast(wait);
                return answers.promised(() -> answers.of(subject(ticket)));
            });
        });
    }

    /**
     * Ends the session, if it has not ended yet.
     *
     * @param authorization with its token; may be null
     * @return nothing, or fails with a {@link Refusal}: what {@link Tickets#verify} refuses, TOKEN_INVALID for a session of
     *     another region, {@link Reason#DEPENDENCY_UNAVAILABLE}. Answers on any thread
     */
    public Uni<Void> logOut(String authorization) {
        return Uni.createFrom()
                .deferred(() -> sessions.end(tickets.verify(authorization).requireRegion(region)));
    }

    private static Subject subject(Ticket ticket) {
        return new Subject(
                ticket.player(),
                ticket.name(),
                SessionTokens.isGuest(ticket.roles()),
                ticket.generation(),
                ticket.loggedInAt());
    }

    private static Refusal tooFast(Duration wait) {
        return new Refusal(Reason.TOO_FAST, "The token is new").retryAfter(wait);
    }

    private static Refusal tooOld() {
        return new Refusal(Reason.SESSION_TOO_OLD, "Log in again when this token has expired");
    }
}

package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.LoggedIn;
import io.gamehall.gateway.login.SessionTokens.Subject;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.platform.Tickets;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** What a player does with a session that is there: prolong it, or end it. */
@Singleton
public class HoldSession {
    private final Tickets tickets;
    private final Sessions sessions;
    private final SessionTokens tokens;
    private final SessionAnswers answers;

    HoldSession(Tickets tickets, Sessions sessions, SessionTokens tokens, SessionAnswers answers) {
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
     *     {@link Reason#SESSION_TOO_OLD}. Answers on any thread
     */
    public Uni<LoggedIn> refresh(String authorization) {
        return Uni.createFrom().deferred(() -> {
            var ticket = tickets.verify(authorization);
            return sessions.requireLive(ticket).flatMap(live -> {
                if (!ticket.expiresAt().isBefore(tokens.endOf(ticket.loggedInAt()))) throw tooOld();
                return answers.of(subject(ticket));
            });
        });
    }

    /**
     * Ends the session, if it has not ended yet.
     *
     * @param authorization with its token; may be null
     * @return nothing, or fails with a {@link Refusal}: what {@link Tickets#verify} refuses,
     *     {@link Reason#DEPENDENCY_UNAVAILABLE}. Answers on any thread
     */
    public Uni<Void> logOut(String authorization) {
        return Uni.createFrom().deferred(() -> sessions.end(tickets.verify(authorization)));
    }

    private static Subject subject(Ticket ticket) {
        return new Subject(
                ticket.player(),
                ticket.name(),
                SessionTokens.isGuest(ticket.roles()),
                ticket.generation(),
                ticket.loggedInAt());
    }

    private static Refusal tooOld() {
        return new Refusal(Reason.SESSION_TOO_OLD, "Log in again when this token has expired");
    }
}

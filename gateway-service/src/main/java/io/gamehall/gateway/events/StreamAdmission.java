package io.gamehall.gateway.events;

import io.gamehall.gateway.session.GatewayName;
import io.gamehall.gateway.session.SessionRegistry;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Ticket;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Lets a live session open a stream here, and notes for the other gateways that the player's stream is here now. */
@Singleton
public class StreamAdmission {
    private final Sessions sessions;
    private final SessionRegistry registry;
    private final String gateway;

    StreamAdmission(Sessions sessions, SessionRegistry registry, GatewayName gateway) {
        this.sessions = sessions;
        this.registry = registry;
        this.gateway = gateway.value();
    }

    /** @return nothing, or fails as {@link Sessions#requireLive} does */
    public Uni<Void> admit(Ticket ticket) {
        return sessions.requireLive(ticket).flatMap(live -> registry.attach(ticket.player(), gateway));
    }
}

package io.gamehall.platform;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the keys of session tokens are known; a place of keys that goes away later changes nothing. */
@Readiness
@ApplicationScoped
class TicketKeysCheck implements HealthCheck {
    private final Tickets tickets;

    TicketKeysCheck(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("keys of session tokens")
                .status(tickets.keys().isPresent())
                .build();
    }
}

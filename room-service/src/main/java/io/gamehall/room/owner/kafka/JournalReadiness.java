package io.gamehall.room.owner.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: has read the whole journal, and is in touch with it. */
@Readiness
@ApplicationScoped
public class JournalReadiness implements HealthCheck {
    private final KafkaRooms rooms;

    public JournalReadiness(KafkaRooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("journal").status(rooms.isReady()).build();
    }
}

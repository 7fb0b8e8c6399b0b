package io.gamehall.activity.join;

import io.gamehall.activity.catalog.Activities;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Ready from the first time on that the activities and the topic are known. A server that goes away later does not
 * undo that: it would go away for every instance, and a clear refusal is better than a closed door.
 */
@Startup
@Readiness
@Singleton
public class JoinReadiness implements HealthCheck {
    private final Activities activities;
    private final JoinEvents events;

    public JoinReadiness(Activities activities, JoinEvents events) {
        this.activities = activities;
        this.events = events;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("joins")
                .withData("activities_known", activities.isLoaded())
                .withData("topic_known", events.isKnown())
                .status(activities.isLoaded() && events.isKnown())
                .build();
    }
}

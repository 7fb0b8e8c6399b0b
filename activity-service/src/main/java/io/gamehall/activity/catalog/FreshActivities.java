package io.gamehall.activity.catalog;

import io.gamehall.activity.pace.Cadence;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Keeps {@link Activities} fresh from the start to the end of this process. */
@Singleton
class FreshActivities {
    private final Activities activities;
    private final CatalogSettings settings;
    private final Vertx vertx;
    private Cadence refreshing;

    FreshActivities(Activities activities, CatalogSettings settings, Vertx vertx) {
        this.activities = activities;
        this.settings = settings;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        refreshing = Cadence.start(vertx, "read the activities", settings.refreshEvery(), activities::refresh);
    }

    void stop(@Observes ShutdownEvent stopped) {
        refreshing.close();
    }
}

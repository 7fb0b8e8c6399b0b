package io.gamehall.platform.limits;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/**
 * {@link SessionLimits} before REST and gRPC alike, in services where {@code gamehall.limits.door} is on. Probes and
 * metrics ({@code /q}) are not limited.
 */
@Singleton
public class SessionDoor {
    /**
     * Behind Quarkus' CORS (300), without whose headers a script of another origin is not told why it is refused; before
     * whatever counts calls that are in work.
     */
    private static final int PRIORITY = 260;

    private final SessionLimits.Settings settings;
    private final Instance<SessionLimits> limits;

    SessionDoor(SessionLimits.Settings settings, Instance<SessionLimits> limits) {
        this.settings = settings;
        this.limits = limits;
    }

    void register(@Observes Filters filters) {
        if (!settings.door()) return;
        var door = limits.get();
        filters.register(call -> pass(call, door), PRIORITY);
    }

    private static void pass(RoutingContext call, SessionLimits door) {
        if (call.normalizedPath().startsWith("/q/") || door.admit(call, () -> true)) call.next();
    }
}

package io.gamehall.activity.join.rest;

import io.gamehall.activity.degrade.Switches;
import io.gamehall.activity.join.JoinMeters;
import io.gamehall.activity.join.JoinSettings;
import io.gamehall.activity.join.domain.InFlightLimit;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.limits.ReadyRefusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Turns joins away at the door that would have to wait too long, so that those let in do not: before the token is
 * looked at, with an answer that is ready. For REST and gRPC alike, with one limit for all of them. On the call's event
 * loop.
 */
@Singleton
public class AdmitJoins {
    /** Behind Quarkus' CORS (300), without whose headers a script of another origin is not told why it is refused. */
    private static final int PRIORITY = 250;

    /** How the path of a join over REST ends. */
    private static final String REST_JOIN = "/joins";
    /** Which REST ignores in every segment, also in one that has nothing else. */
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    private static final String GRPC_JOIN = "/gamehall.v1.ActivityService/Join";
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Switches switches;
    private final JoinMeters meters;
    private final ReadyRefusal overloaded;
    private final ReadyRefusal suspended;
    private final InFlightLimit limit;

    AdmitJoins(Switches switches, JoinMeters meters, JoinSettings settings) {
        this.switches = switches;
        this.meters = meters;
        this.overloaded = ReadyRefusal.of(overload());
        this.suspended = ReadyRefusal.of(Switches.SUSPENDED);
        this.limit = new InFlightLimit(
                settings.inFlightMin(),
                settings.inFlightMax(),
                settings.latencyTarget().toNanos(),
                settings.latencyTarget().toNanos());
        meters.watch("in.flight", this, door -> door.locked(InFlightLimit::inFlight));
        meters.watch("in.flight.limit", this, door -> door.locked(InFlightLimit::limit));
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, PRIORITY);
    }

    void admit(RoutingContext call) {
        if (!isJoin(call)) {
            call.next();
            return;
        }
        if (switches.allJoinsOff()) {
            suspended.answer(call);
        } else if (!locked(InFlightLimit::enter)) {
            meters.shed();
            overloaded.answer(call);
        } else {
            var entered = System.nanoTime();
            call.addEndHandler(ended -> leave(entered));
            call.next();
        }
    }

    private static boolean isJoin(RoutingContext call) {
        if (call.request().method() != HttpMethod.POST) return false;
        var path = path(call);
        return path.endsWith(REST_JOIN) || path.equals(GRPC_JOIN) || isJoinAndMore(path);
    }

    /** With what REST ignores: parameters, and slashes at the end. */
    private static boolean isJoinAndMore(String path) {
        if (path.indexOf(';') < 0 && !path.endsWith("/")) return false;
        var plain = PARAMETERS.matcher(path).replaceAll("");
        int end = plain.length();
        while (end > 0 && plain.charAt(end - 1) == '/') end--;
        return plain.startsWith(REST_JOIN, end - REST_JOIN.length());
    }

    /** As the router reads it. What it can't read it refuses by itself. */
    private static String path(RoutingContext call) {
        try {
            return call.normalizedPath();
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    private synchronized void leave(long enteredAtNanos) {
        limit.leave(enteredAtNanos, System.nanoTime());
    }

    private synchronized <T> T locked(java.util.function.Function<InFlightLimit, T> question) {
        return question.apply(limit);
    }

    private static Refusal overload() {
        return new Refusal(Reason.OVERLOADED, "More joins come than can be answered in time").retryAfter(RETRY);
    }
}

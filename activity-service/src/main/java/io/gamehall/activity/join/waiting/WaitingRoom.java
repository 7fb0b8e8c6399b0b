package io.gamehall.activity.join.waiting;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.domain.JoinOutcome.Waiting;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.pace.Cadence;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;

/**
 * Where players wait who want to join an activity faster than it lets them in: each is told when it is their turn, with
 * a place that they bring along then. Nothing is kept of them here, so the room is never full. Safe for any thread.
 *
 * <p>A place is believed as long as the key is that it was signed with; without it the player is a newcomer.
 */
@Singleton
public class WaitingRoom {
    private static final Duration KEY_READ_EVERY = Duration.ofSeconds(5);

    private final PlaceKeys keys;
    private final Vertx vertx;
    private volatile Optional<byte[]> key = Optional.empty();
    private Cadence reading;

    public WaitingRoom(PlaceKeys keys, Vertx vertx) {
        this.keys = keys;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        reading = Cadence.start(vertx, "read the key of places", KEY_READ_EVERY, this::read);
    }

    void stop(@Observes ShutdownEvent stopped) {
        reading.close();
    }

    Uni<Void> read() {
        return keys.key().invoke(now -> key = Optional.of(now)).replaceWithVoid();
    }

    /**
     * The request of a player who may have waited.
     *
     * @param token the place that they bring along; null, or anything that is none of theirs: they have not waited
     * @throws Refusal {@link Reason#ACTIVITY_BUSY} to who comes before their turn; the place stays theirs
     */
    public JoinRequest welcome(ActivityId activity, JoinRequest request, String token) {
        if (token == null || key.isEmpty()) return request;
        var place = Place.read(token, activity.value(), request.player(), key.get());
        if (place.isEmpty()) return request;
        var now = System.currentTimeMillis();
        return switch (place.get().at(now)) {
            case EARLY -> throw wait(place.get(), now);
            case TURN -> request.inTurn();
            case MISSED -> request;
        };
    }

    /** What is told to a player whose turn comes later. */
    public Refusal wait(ActivityId activity, long player, Waiting outcome) {
        var now = System.currentTimeMillis();
        return wait(new Place(activity.value(), player, now + Math.ceilDiv(outcome.turnAfterMicros(), 1000)), now);
    }

    private Refusal wait(Place place, long now) {
        var waitMs = place.turnMs() - now;
        var told = new HashMap<String, String>();
        told.put("wait_ms", Long.toString(waitMs));
        key.ifPresent(present -> told.put("place", place.token(present)));
        return new Refusal(Reason.ACTIVITY_BUSY, "Come back when it is your turn, with your place")
                .with(told)
                .retryAfter(Duration.ofSeconds(Math.ceilDiv(waitMs, 1000)));
    }
}

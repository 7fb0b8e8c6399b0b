package io.gamehall.gateway.events;

import io.gamehall.gateway.play.RoomsHeld;
import io.gamehall.gateway.registry.PlayerGroups;
import io.gamehall.gateway.session.RegistryBack;
import io.gamehall.gateway.session.SessionConfig;
import io.gamehall.gateway.session.Sessions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Tells the registry of the players whose streams are here: that their sessions are in use, and in which rooms they are.
 * Each once in a period, a group after the other so that the work is spread; everybody at once when the registry has
 * been out of reach, for it may have forgotten them. On one event loop, whose connection to Redis is used.
 */
@Singleton
class SessionTouches {
    private static final long STEP_MS = 500;

    private final PlayerStreams streams;
    private final Sessions sessions;
    private final RoomsHeld rooms;
    private final Vertx vertx;
    private final int steps;
    private int step;
    private long timer;

    SessionTouches(PlayerStreams streams, Sessions sessions, RoomsHeld rooms, Vertx vertx, SessionConfig config) {
        this.streams = streams;
        this.sessions = sessions;
        this.rooms = rooms;
        this.vertx = vertx;
        this.steps = (int) Math.clamp(config.touch().toMillis() / STEP_MS, 1, PlayerGroups.COUNT);
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(STEP_MS, ignored -> next());
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
    }

    void everybody(@Observes RegistryBack back) {
        touch(streams.all());
    }

    private void next() {
        var all = streams.all();
        step = (step + 1) % steps;
        if (step == 0) rooms.retain(all.stream().map(PlayerStream::player).collect(Collectors.toSet()));
        touch(all.stream()
                .filter(stream -> PlayerGroups.of(stream.player().value()) % steps == step)
                .toList());
    }

    /** Never waits. */
    private void touch(Collection<PlayerStream> touched) {
        if (touched.isEmpty()) return;
        sessions.touch(touched.stream().map(PlayerStream::ticket).toList())
                .chain(told ->
                        rooms.tell(touched.stream().map(PlayerStream::player).toList()))
                .subscribe()
                .with(told -> {});
    }
}

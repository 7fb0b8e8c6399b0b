package io.gamehall.gateway.events;

import io.gamehall.gateway.events.PlayerEvent.EndReason;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Looks after the streams once a second: ends those whose token ran out, whose session ended unheard of, or whose
 * client does not read on, and forgets what was kept for clients that have not come back.
 */
@Singleton
class StreamWatch {
    private static final long SWEEP_MS = 1_000;

    private final PlayerStreams streams;
    private final Sessions sessions;
    private final Vertx vertx;
    private final long sweepsPerRecheck;
    private long sweeps;
    private long timer;

    StreamWatch(PlayerStreams streams, Sessions sessions, Vertx vertx, EventsConfig config) {
        this.streams = streams;
        this.sessions = sessions;
        this.vertx = vertx;
        this.sweepsPerRecheck = Math.max(1, config.recheck().toMillis() / SWEEP_MS);
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(SWEEP_MS, ignored -> sweep());
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
    }

    private void sweep() {
        sweeps++;
        streams.sweep(System.nanoTime());
        var now = Instant.now();
        for (var stream : streams.all()) {
            if (!now.isBefore(stream.ticket().expiresAt())) streams.end(stream, EndReason.EXPIRED);
            // Each stream has its turn, by its player, so that they do not all ask at once.
            else if (Long.remainderUnsigned(stream.player().value() + sweeps, sweepsPerRecheck) == 0) recheck(stream);
        }
    }

    private void recheck(PlayerStream stream) {
        sessions.requireLive(stream.ticket()).subscribe().with(live -> {}, failure -> {
            if (failure instanceof Refusal refusal && refusal.reason() == Reason.SESSION_ENDED) {
                streams.end(stream, EndReason.DISPLACED);
            }
        });
    }
}

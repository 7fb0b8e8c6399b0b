package io.gamehall.gateway.events;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.LeaveRoom;
import io.gamehall.gateway.session.GatewayName;
import io.gamehall.gateway.session.SessionRegistry;
import io.gamehall.room.domain.PlayerId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Players whose stream has gone. They keep their rooms and seats for the grace; whoever has no stream by then, here or
 * at another gateway, is taken out of the rooms. Safe for any thread.
 */
@Singleton
class Absences {
    private static final Logger LOG = Logger.getLogger(Absences.class);

    private final Map<PlayerId, Absence> absent = new ConcurrentHashMap<>();
    private final Directory directory;
    private final SessionRegistry registry;
    private final LeaveRoom leaveRoom;
    private final String gateway;
    private final long graceNanos;

    private record Absence(long generation, long dueAtNanos) {}

    Absences(
            Directory directory,
            SessionRegistry registry,
            LeaveRoom leaveRoom,
            GatewayName gateway,
            EventsConfig config) {
        this.directory = directory;
        this.registry = registry;
        this.leaveRoom = leaveRoom;
        this.gateway = gateway.value();
        this.graceNanos = config.grace().toNanos();
    }

    void left(PlayerId player, long generation) {
        absent.put(player, new Absence(generation, System.nanoTime() + graceNanos));
    }

    void returned(PlayerId player) {
        absent.remove(player);
    }

    /** Takes those whose grace is over out of their rooms. Called about once a second. */
    void sweep() {
        long now = System.nanoTime();
        absent.forEach((player, absence) -> {
            if (absence.dueAtNanos() - now > 0) return;
            if (directory.whereIs(player).isEmpty()) {
                absent.remove(player, absence);
                return;
            }
            // Should something fail, it is tried again after another grace.
            var again = new Absence(absence.generation(), now + graceNanos);
            if (absent.replace(player, absence, again)) takeOut(player, again);
        });
    }

    private void takeOut(PlayerId player, Absence absence) {
        registry.isAttached(player.value(), gateway)
                .flatMap(
                        here -> here ? leave(player, absence) : Uni.createFrom().voidItem())
                .subscribe()
                .with(
                        done -> absent.remove(player, absence),
                        failure -> LOG.debugf(failure, "Player %s could not be taken out yet", player));
    }

    private Uni<Void> leave(PlayerId player, Absence absence) {
        return Multi.createFrom()
                .iterable(directory.whereIs(player))
                .onItem()
                .transformToUniAndConcatenate(room -> leaveRoom.leave(player, absence.generation(), room))
                .collect()
                .last();
    }
}

package io.gamehall.gateway.events;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.events.PlayerEvent.EndReason;
import io.gamehall.gateway.events.PlayerEvent.TableSeen;
import io.gamehall.gateway.events.PlayerEvent.Welcomed;
import io.gamehall.gateway.outbound.Draining;
import io.gamehall.gateway.session.NewerSession;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live event streams of this gateway, one per player. Streams open on the directory's thread, so that what the
 * first events show and what is told afterwards fit together; they end from any thread.
 */
@Singleton
public class PlayerStreams {
    private final Directory directory;
    private final DirectoryFollower follower;
    private final Sessions sessions;
    private final Audiences audiences;
    private final MeterRegistry meters;
    private final Map<PlayerId, PlayerStream> streams = new ConcurrentHashMap<>();
    private final Set<PlayerStream> newcomers = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    PlayerStreams(
            Directory directory,
            DirectoryFollower follower,
            Sessions sessions,
            Audiences audiences,
            MeterRegistry meters) {
        this.directory = directory;
        this.follower = follower;
        this.sessions = sessions;
        this.audiences = audiences;
        this.meters = meters;
        Gauge.builder("gamehall.streams", streams, Map::size)
                .tag("kind", "events")
                .register(meters);
    }

    /** Opens a stream: it takes the place of an older one of the player. Any thread. */
    public void open(PlayerStream stream) {
        follower.execute(() -> {
            if (draining) {
                stream.end(EndReason.DRAINING);
                return;
            }
            var older = streams.put(stream.player(), stream);
            audiences.arrived(stream.player());
            if (older != null) older.end(replacement(older, stream));
            if (!stream.isOpen()) {
                // The client went while its session was looked up.
                remove(stream);
                return;
            }
            // A newer login may have been told between the check of the ticket and now.
            if (sessions.isDisplaced(stream.ticket())) end(stream, EndReason.DISPLACED);
            else welcome(stream);
            newcomers.add(stream);
            // It may have ended on another thread meanwhile, before it was a newcomer.
            if (streams.get(stream.player()) != stream) newcomers.remove(stream);
        });
    }

    /** The client of a stream has gone. Any thread. */
    public void gone(PlayerStream stream) {
        // On the directory's thread, like opening: else a stream could be gone before it is here, and stay for ever.
        follower.execute(() -> remove(stream));
    }

    /** Tells a player something, if the player's stream is here. Any thread. */
    public void tell(PlayerId player, PlayerEvent event) {
        var stream = streams.get(player);
        if (stream != null && !stream.offer(event)) end(stream, EndReason.TOO_SLOW);
    }

    /** The streams that are live now. */
    List<PlayerStream> all() {
        return List.copyOf(streams.values());
    }

    /** Those of the live streams that were not yet taken by this. */
    List<PlayerStream> takeNewcomers() {
        if (newcomers.isEmpty()) return List.of();
        var taken = List.copyOf(newcomers);
        taken.forEach(newcomers::remove);
        return taken;
    }

    void end(PlayerStream stream, EndReason reason) {
        if (!stream.end(reason)) return;
        meters.counter("gamehall.streams.ended", "reason", reason.name()).increment();
        if (reason == EndReason.TOO_SLOW)
            meters.counter("gamehall.streams.slow", "kind", "events").increment();
        remove(stream);
    }

    void displaced(@Observes NewerSession newer) {
        if (newer.player() == 0) return;
        var stream = streams.get(new PlayerId(newer.player()));
        if (stream != null && stream.ticket().generation() < newer.generation()) end(stream, EndReason.DISPLACED);
    }

    void drain(@Observes Draining stopping) {
        draining = true;
        follower.execute(() -> all().forEach(stream -> end(stream, EndReason.DRAINING)));
    }

    private void remove(PlayerStream stream) {
        if (!streams.remove(stream.player(), stream)) return;
        newcomers.remove(stream);
        follower.execute(() -> {
            if (!streams.containsKey(stream.player())) audiences.gone(stream.player());
        });
    }

    private void welcome(PlayerStream stream) {
        var rooms = directory.whereIs(stream.player());
        stream.offer(new Welcomed(rooms));
        for (var room : rooms) table(room, stream.player()).ifPresent(stream::offer);
    }

    private Optional<TableSeen> table(RoomId id, PlayerId player) {
        return follower.room(id)
                .flatMap(room -> room.tableOf(player).map(number -> new TableSeen(id, number, room.table(number))));
    }

    private static EndReason replacement(PlayerStream older, PlayerStream newer) {
        return older.ticket().generation() < newer.ticket().generation() ? EndReason.DISPLACED : EndReason.REPLACED;
    }
}

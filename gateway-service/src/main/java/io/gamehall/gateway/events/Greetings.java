package io.gamehall.gateway.events;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.events.PlayerEvent.TableSeen;
import io.gamehall.gateway.events.PlayerEvent.WaitMoved;
import io.gamehall.gateway.events.PlayerEvent.Welcomed;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a stream tells first. On the directory's thread only: the state told, and what changes it, fit together. */
@Singleton
class Greetings {
    private final Directory directory;
    private final DirectoryFollower follower;
    private final EventLogs logs;
    private final RecentNotices notices;
    private final StreamMetrics metrics;

    Greetings(
            Directory directory,
            DirectoryFollower follower,
            EventLogs logs,
            RecentNotices notices,
            StreamMetrics metrics) {
        this.directory = directory;
        this.follower = follower;
        this.logs = logs;
        this.notices = notices;
        this.metrics = metrics;
    }

    /** Goes on where the client was, if that is known; else begins with the present state. */
    void open(PlayerStream stream) {
        var kept = logs.of(stream.player());
        if (kept.isPresent() && kept.get().resume(stream, stream.from(), resumed(stream))) {
            metrics.resumed.increment();
            stream.read(kept.get());
            return;
        }
        (stream.from().isAsked() ? metrics.missed : metrics.fresh).increment();
        var log = logs.blank(stream.ticket().generation());
        begin(log, stream);
        logs.put(stream.player(), log);
        // After it is the player's: a notice that comes meanwhile is told twice rather than not.
        if (stream.from().isAsked()) tellAgain(stream.player(), log);
        stream.read(log);
    }

    /** Tells a client anew that had been too slow and has read on. */
    void again(PlayerStream stream) {
        stream.log().filter(log -> log.isToBeginAnew(stream)).ifPresent(log -> {
            metrics.resynced.increment();
            begin(log, stream);
            stream.wake();
        });
    }

    private void begin(EventLog log, PlayerStream stream) {
        var id = EventLog.freshId();
        var rooms = directory.whereIs(stream.player());
        List<PlayerEvent> first = new ArrayList<>(1 + rooms.size());
        first.add(new Welcomed(rooms, id, false));
        for (var room : rooms) table(room, stream.player()).ifPresent(first::add);
        for (var room : directory.waitsFor(stream.player()))
            place(room, stream.player()).ifPresent(first::add);
        log.begin(stream, id, first, System.nanoTime());
    }

    /** The client was at another gateway, or away for long: it may have missed them. */
    private void tellAgain(PlayerId player, EventLog log) {
        long now = System.nanoTime();
        for (var notice : notices.of(player)) log.append(notice, now);
    }

    private Welcomed resumed(PlayerStream stream) {
        return new Welcomed(directory.whereIs(stream.player()), stream.from().streamId(), true);
    }

    private Optional<TableSeen> table(RoomId id, PlayerId player) {
        return follower.room(id)
                .flatMap(room -> room.tableOf(player).map(number -> new TableSeen(id, number, room.table(number))));
    }

    private Optional<WaitMoved> place(RoomId id, PlayerId player) {
        return follower.room(id)
                .map(room -> room.positionOf(player))
                .filter(position -> position > 0)
                .map(position -> new WaitMoved(id, position));
    }
}

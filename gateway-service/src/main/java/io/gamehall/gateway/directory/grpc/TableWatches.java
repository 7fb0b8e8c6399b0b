package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.directory.DirectoryListener;
import io.gamehall.platform.Reason;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.TablesUpdate;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The watches of tables: only for who is in the room, and for as long. An entry may be answered before this gateway has
 * read of it, so who does not seem to be there is given a moment. Confined to the directory's thread.
 */
@Singleton
class TableWatches implements DirectoryListener {
    private static final long SWEEP_MS = 250;

    private final DirectoryFollower follower;
    private final TablesFanOut fanOut;
    private final Watches watches;
    private final Vertx vertx;
    private final long entryWaitNanos;
    private final Map<Place, List<Opened>> opened = new HashMap<>();

    private record Place(RoomId room, PlayerId player) {}

    private static final class Opened {
        final Watch<TablesUpdate> watch;
        final long atNanos = System.nanoTime();
        boolean admitted;

        Opened(Watch<TablesUpdate> watch) {
            this.watch = watch;
        }
    }

    TableWatches(
            DirectoryFollower follower, TablesFanOut fanOut, Watches watches, Vertx vertx, DirectoryConfig config) {
        this.follower = follower;
        this.fanOut = fanOut;
        this.watches = watches;
        this.vertx = vertx;
        this.entryWaitNanos = config.entryWait().toNanos();
    }

    void start(@Observes StartupEvent started) {
        follower.listen(this);
        vertx.setPeriodic(SWEEP_MS, ignored -> follower.execute(() -> sweep(System.nanoTime())));
    }

    /** Sends a watch the tables of a room for as long as its player is there. On the directory's thread only. */
    void add(RoomId room, Watch<TablesUpdate> watch) {
        var place = new Place(room, watch.player());
        opened.computeIfAbsent(place, first -> new ArrayList<>(1)).add(new Opened(watch));
        boolean isMember = follower.room(room)
                .flatMap(known -> known.member(watch.player()))
                .isPresent();
        if (isMember) entered(room, watch.player());
    }

    @Override
    public void entered(RoomId room, PlayerId player) {
        for (var one : opened.getOrDefault(new Place(room, player), List.of())) {
            if (one.admitted) continue;
            one.admitted = true;
            fanOut.add(room, one.watch.reader());
        }
    }

    @Override
    public void left(RoomId room, PlayerId player) {
        if (opened.isEmpty()) return;
        for (var one : opened.getOrDefault(new Place(room, player), List.of())) {
            if (one.admitted) watches.refuse(one.watch, Reason.NOT_IN_ROOM, "The player has left the room");
        }
    }

    /** On the directory's thread. */
    void sweep(long nowNanos) {
        if (opened.isEmpty()) return;
        opened.values().removeIf(several -> {
            several.stream()
                    .filter(one -> !one.admitted && nowNanos - one.atNanos > entryWaitNanos)
                    .forEach(one -> watches.refuse(one.watch, Reason.NOT_IN_ROOM, "Enter the room first"));
            several.removeIf(one -> !one.watch.isOpen());
            return several.isEmpty();
        });
    }
}

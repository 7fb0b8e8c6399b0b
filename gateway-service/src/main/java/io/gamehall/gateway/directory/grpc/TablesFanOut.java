package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.directory.DirectoryListener;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Table;
import io.gamehall.v1.TableView;
import io.gamehall.v1.TablesUpdate;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells all streams that carry the tables of a room what has changed there, at most once in {@link
 * DirectoryConfig#interval()}. Rooms of which no stream carries the tables cost a look-up for each change.
 */
@Singleton
public class TablesFanOut implements DirectoryListener {
    private final DirectoryFollower follower;
    private final Vertx vertx;
    private final FanOut<RoomId, TablesUpdate> fanOut;
    /** The newest state of the tables that changed since the last time, by their number. */
    private final Map<RoomId, TreeMap<Integer, TableView>> untold = new HashMap<>();

    TablesFanOut(DirectoryFollower follower, Vertx vertx, DirectoryConfig config, MeterRegistry meters) {
        this.follower = follower;
        this.vertx = vertx;
        this.fanOut = new FanOut<>(Watch.Kind.TABLES, this::snapshot, config, meters);
    }

    void start(@Observes StartupEvent started) {
        follower.listen(this);
        vertx.setPeriodic(FanOut.SWEEP_MS, ignored -> follower.execute(() -> sweep(System.nanoTime())));
    }

    /** Sends a stream all tables of a room, and then what changes, until it is no longer open. Any thread. */
    public void add(RoomId room, UpdateReader<TablesUpdate> reader) {
        follower.execute(() -> fanOut.add(room, reader));
    }

    @Override
    public void tableChanged(RoomId room, int number, Table before, Table after) {
        if (!fanOut.carried().contains(room)) return;
        var view = TableMessages.view(room, number, after);
        // Half of a round's records change only what nobody sees, such as who has reported a result.
        if (view.equals(TableMessages.view(room, number, before))) return;
        untold.computeIfAbsent(room, first -> new TreeMap<>()).put(number, view);
    }

    @Override
    public void intervalOver() {
        fanOut.forgetSnapshots();
        if (untold.isEmpty()) return;
        var changed = Map.copyOf(untold);
        untold.clear();
        changed.forEach((room, tables) -> fanOut.tell(room, update(room, false, List.copyOf(tables.values()))));
    }

    /** On the directory's thread. */
    void sweep(long nowNanos) {
        fanOut.sweep(nowNanos);
    }

    private TablesUpdate snapshot(RoomId id) {
        return update(id, true, follower.room(id).map(TableMessages::all).orElse(List.of()));
    }

    private TablesUpdate update(RoomId room, boolean snapshot, List<TableView> tables) {
        return TablesUpdate.newBuilder()
                .setVersion(follower.version(room))
                .setSnapshot(snapshot)
                .addAllTables(tables)
                .build();
    }
}

package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.directory.DirectoryListener;
import io.gamehall.gateway.directory.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells all streams that carry rooms, by the game that they carry ("" for all), what has changed. */
@Singleton
public class RoomsFanOut implements DirectoryListener {
    private final DirectoryFollower follower;
    private final Vertx vertx;
    private final FanOut<String, RoomsUpdate> fanOut;

    RoomsFanOut(
            DirectoryFollower follower,
            Directory directory,
            Vertx vertx,
            DirectoryConfig config,
            MeterRegistry meters) {
        this.follower = follower;
        this.vertx = vertx;
        this.fanOut = new FanOut<>(
                Watch.Kind.ROOMS,
                game -> RoomMessages.update(directory.version(), true, directory.rooms(game)),
                config,
                meters);
    }

    void start(@Observes StartupEvent started) {
        follower.listen(this);
        vertx.setPeriodic(FanOut.SWEEP_MS, ignored -> follower.execute(() -> sweep(System.nanoTime())));
    }

    /**
     * Sends a stream everything, and then what changes, until it is no longer open. Any thread.
     *
     * @param game empty: all games
     */
    public void add(String game, UpdateReader<RoomsUpdate> reader) {
        follower.execute(() -> fanOut.add(game, reader));
    }

    @Override
    public void roomsChanged(long version, List<RoomSummary> changed) {
        fanOut.forgetSnapshots();
        for (var game : fanOut.carried()) {
            var rooms = game.isEmpty()
                    ? changed
                    : changed.stream().filter(room -> room.game().equals(game)).toList();
            if (!rooms.isEmpty()) fanOut.tell(game, RoomMessages.update(version, false, rooms));
        }
    }

    /** On the directory's thread. */
    void sweep(long nowNanos) {
        fanOut.sweep(nowNanos);
    }
}

package io.gamehall.gateway.directory.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class UpdateReaderTest {
    private final RoomsFanOut fanOut;
    private final Directory directory;
    private final DirectoryFollower follower;
    private final DirectoryConfig config;
    private JournalWriter journal;

    UpdateReaderTest(RoomsFanOut fanOut, Directory directory, DirectoryFollower follower, DirectoryConfig config) {
        this.fanOut = fanOut;
        this.directory = directory;
        this.follower = follower;
        this.config = config;
    }

    @BeforeEach
    void open() {
        journal = new JournalWriter();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /** A stream that reads only when the test does. */
    private static final class Way implements UpdateReader.Carrier {
        private volatile boolean open = true;

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void wake() {}

        @Override
        public void cutOff() {
            open = false;
        }
    }

    @Test
    void who_falls_behind_holds_nothing_and_gets_one_snapshot_when_it_reads_on() throws Exception {
        var way = new Way();
        var reader = fallenBehind("behind", way);
        assertThat(reader.next()).as("what waited is dropped").isEmpty();

        sweep(System.nanoTime());

        var snapshot = reader.next().orElseThrow().asMessage().toByteString();
        assertThat(RoomsUpdate.parseFrom(snapshot).getSnapshot()).isTrue();
        assertThat(onItsThread(() -> reader.stale)).isFalse();
        assertThat(reader.next()).isEmpty();
        way.open = false;
    }

    @Test
    void who_falls_behind_and_does_not_read_on_is_cut_off_in_time() throws Exception {
        var way = new Way();
        var reader = fallenBehind("stuck", way);
        long since = onItsThread(() -> reader.staleSinceNanos);
        long max = config.watcherSlowMax().toNanos();

        sweep(since + max);
        assertThat(way.open).isTrue();
        assertThat(onItsThread(reader::hasReadOn)).isFalse();
        sweep(since + max + 1);
        assertThat(way.open).isFalse();
    }

    @Test
    void bytes_are_bounded_too() {
        var way = new Way();
        var large = new EncodedUpdate<>(RoomsUpdate.newBuilder()
                .addRooms(RoomSummary.newBuilder().setRoomId("x".repeat((int)
                                config.watcherQueueBytesMax().asLongValue())))
                .build());
        var reader = new UpdateReader<RoomsUpdate>(config, way);

        assertThat(reader.offer(large)).as("one may be as large as it is").isTrue();
        assertThat(reader.offer(large)).isFalse();
        assertThat(reader.next()).isEmpty();
    }

    /** Of a game with one room, that has changed more often than may wait. */
    private UpdateReader<RoomsUpdate> fallenBehind(String game, Way way) throws Exception {
        var room = game + "-0";
        long term = journal.open(directory, room, game, "127.0.0.1:1");
        var reader = new UpdateReader<RoomsUpdate>(config, way);
        fanOut.add(game, reader);
        assertThat(onItsThread(() -> reader.stale)).isFalse();
        for (int i = 0; onItsThread(() -> !reader.stale); i++) {
            if (i % 2 == 0) journal.enter(term, room, 16_001);
            else journal.leave(term, room, 16_001);
            int members = (i + 1) % 2;
            await().until(() -> directory.rooms(game).getFirst().members() == members);
        }
        return reader;
    }

    private void sweep(long nanos) throws Exception {
        var done = new CompletableFuture<Void>();
        follower.execute(() -> {
            fanOut.sweep(nanos);
            done.complete(null);
        });
        done.get();
    }

    private <T> T onItsThread(Supplier<T> what) throws Exception {
        var result = new CompletableFuture<T>();
        follower.execute(() -> result.complete(what.get()));
        return result.get();
    }
}

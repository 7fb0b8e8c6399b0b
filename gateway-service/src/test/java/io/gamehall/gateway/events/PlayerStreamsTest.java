package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.events.PlayerEvent.EndReason;
import io.gamehall.gateway.events.PlayerEvent.Noticed;
import io.gamehall.gateway.events.PlayerEvent.StreamEnded;
import io.gamehall.gateway.events.PlayerEvent.Welcomed;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.Ticket;
import io.gamehall.platform.testing.HallServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class PlayerStreamsTest {
    private final PlayerStreams streams;
    private final EventLogs logs;
    private final DirectoryFollower follower;
    private final MeterRegistry meters;

    PlayerStreamsTest(PlayerStreams streams, EventLogs logs, DirectoryFollower follower, MeterRegistry meters) {
        this.streams = streams;
        this.logs = logs;
        this.follower = follower;
        this.meters = meters;
    }

    /** A way to a client that reads only when the test does. */
    private static final class Way implements Outlet {
        private boolean open = true;
        private Optional<EndReason> ended = Optional.empty();
        private Runnable atEnd = () -> {};

        @Override
        public void wake() {}

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean end(StreamEnded last) {
            if (!open) return false;
            open = false;
            ended = Optional.of(last.reason());
            atEnd.run();
            return true;
        }
    }

    @Test
    void what_waits_is_read_before_the_end() {
        var way = new Way();
        var stream = open(15_001, 1, way);
        streams.tell(stream.player(), new Noticed(new byte[1]));

        streams.end(stream, EndReason.DISPLACED);

        assertThat(streams.next(stream).orElseThrow().event()).isInstanceOf(Welcomed.class);
        assertThat(streams.next(stream).orElseThrow().event()).isInstanceOf(Noticed.class);
        assertThat(streams.next(stream)).isEmpty();
        assertThat(logs.of(stream.player())).isEmpty();
    }

    @Test
    void a_stream_whose_client_has_gone_already_takes_nobody_s_place() {
        var live = new Way();
        var stream = open(15_002, 1, live);
        var dead = new Way();
        dead.open = false;

        open(15_002, 1, dead);

        assertThat(live.ended).isEmpty();
        assertThat(streams.all()).contains(stream);
        assertThat(logs.of(stream.player()).orElseThrow().isReadBy(stream)).isTrue();
    }

    @Test
    void a_stream_of_an_older_session_takes_nobody_s_place() {
        var live = new Way();
        var stream = open(15_003, 2, live);
        var late = new Way();
        double before = ended(EndReason.DISPLACED);

        open(15_003, 1, late);

        assertThat(late.ended).contains(EndReason.DISPLACED);
        assertThat(ended(EndReason.DISPLACED)).isEqualTo(before + 1);
        assertThat(live.ended).isEmpty();
        assertThat(streams.all()).contains(stream);
    }

    @Test
    void a_stream_that_ends_while_it_opens_leaves_no_log() {
        var older = new Way();
        open(15_004, 1, older);
        var newer = new PlayerStream(ticket(15_004, 1), new Resume("", 0), new Way());
        older.atEnd = () -> streams.end(newer, EndReason.EXPIRED);

        open(newer);

        assertThat(logs.of(newer.player())).isEmpty();
        assertThat(streams.all()).noneMatch(stream -> stream.player().equals(newer.player()));
    }

    @Test
    void a_stream_that_another_takes_the_place_of_is_counted() {
        open(15_005, 1, new Way());
        double replaced = ended(EndReason.REPLACED);
        open(15_005, 1, new Way());
        assertThat(ended(EndReason.REPLACED)).isEqualTo(replaced + 1);

        double displaced = ended(EndReason.DISPLACED);
        open(15_005, 2, new Way());
        assertThat(ended(EndReason.DISPLACED)).isEqualTo(displaced + 1);
    }

    private PlayerStream open(long player, long generation, Way way) {
        return open(new PlayerStream(ticket(player, generation), new Resume("", 0), way));
    }

    /** Returns when it is open. */
    private PlayerStream open(PlayerStream stream) {
        streams.open(stream);
        var done = new CompletableFuture<Void>();
        follower.execute(() -> done.complete(null));
        done.join();
        return stream;
    }

    private double ended(EndReason reason) {
        return meters.counter("gamehall.streams.ended", "reason", reason.name()).count();
    }

    private static Ticket ticket(long player, long generation) {
        return new Ticket(player, "anna", "here", generation, Set.of(), Instant.EPOCH, Instant.MAX);
    }
}

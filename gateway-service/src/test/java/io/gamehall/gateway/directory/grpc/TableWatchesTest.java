package io.gamehall.gateway.directory.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.gateway.testing.StreamReader;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Reservation;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Round;
import io.gamehall.room.domain.Table;
import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.TableView;
import io.gamehall.v1.TablesUpdate;
import io.gamehall.v1.WatchRoomsRequest;
import io.gamehall.v1.WatchTablesRequest;
import io.grpc.Channel;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class TableWatchesTest {
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;
    /** A room of which each update is large: by its name, and by its players' ids. */
    private static final String LARGE = "slow-tables-" + "x".repeat(RoomId.LENGTH_MAX - 12);

    private static final int LARGE_TABLES = 100;
    private static final int UPDATES_MAX = 1_000;
    private static final long LARGE_ID = 1L << 60;
    private static final int SMALL_WINDOW = 65_535;

    private final TableWatches watches;
    private final TablesFanOut fanOut;
    private final Directory directory;
    private final DirectoryFollower follower;
    private final DirectoryConfig config;
    private final MeterRegistry meters;
    private Client client;
    private JournalWriter journal;

    TableWatchesTest(
            TableWatches watches,
            TablesFanOut fanOut,
            Directory directory,
            DirectoryFollower follower,
            DirectoryConfig config,
            MeterRegistry meters) {
        this.watches = watches;
        this.fanOut = fanOut;
        this.directory = directory;
        this.follower = follower;
        this.config = config;
        this.meters = meters;
    }

    @BeforeEach
    void open() {
        client = new Client();
        journal = new JournalWriter();
    }

    @AfterEach
    void close() {
        client.close();
        journal.close();
        await().until(() -> watching() == 0);
    }

    @Test
    void a_member_gets_all_tables_and_then_those_that_changed() {
        long term = open("tables-0", 17_001, 17_002, 17_003);
        journal.table(term, "tables-0", 1, JournalWriter.seating(0, 17_002, 0, 0));
        await().until(() -> seated("tables-0") == 1);

        var tables = watch("tables-0", 17_001);
        var all = tables.next();
        assertThat(all.getSnapshot()).isTrue();
        assertThat(all.getTablesList()).extracting(TableView::getTable).containsExactly(0, 1, 2, 3, 4);
        assertThat(all.getTables(1).getSeatsList()).containsExactly(0L, 17_002L, 0L, 0L);
        assertThat(all.getTables(4).getSeatsList()).containsExactly(0L, 0L, 0L, 0L);
        assertThat(all.getTables(4).getRoomId()).isEqualTo("tables-0");

        journal.table(term, "tables-0", 3, playing(17_002, 17_003));
        var change = tables.next();
        assertThat(change.getSnapshot()).isFalse();
        assertThat(change.getVersion()).isGreaterThan(all.getVersion());
        assertThat(change.getTablesList()).extracting(TableView::getTable).containsExactly(3);
        var table = change.getTables(0);
        assertThat(table.getPlaying()).isTrue();
        assertThat(table.getRound()).isEqualTo(4);
        assertThat(table.getHostPlayerId()).isEqualTo(17_002);
        assertThat(table.getRoundPlayersList()).containsExactly(17_002L, 17_003L);
        assertThat(table.getReservedList()).containsExactly(0L, 0L, 17_001L, 0L);

        journal.table(term, "tables-0", 3, JournalWriter.seating(0, 0, 0, 0));
        assertThat(tables.next().getTables(0).getSeatsList()).containsExactly(0L, 0L, 0L, 0L);
    }

    @Test
    void the_changes_of_an_interval_are_one_update_that_is_encoded_once_for_all() throws Exception {
        long term = open("coalesced-tables-0", 17_010, 17_011);
        open("other-tables-0", 17_012);
        var anna = watch("coalesced-tables-0", 17_010);
        var bert = watch("coalesced-tables-0", 17_011);
        var carl = watch("other-tables-0", 17_012);
        assertThat(List.of(anna.next(), bert.next(), carl.next())).allMatch(TablesUpdate::getSnapshot);
        double deltas = count("gamehall.directory.deltas");
        double told = count("gamehall.directory.deltas.told");

        inOneInterval(
                () -> journal.table(term, "coalesced-tables-0", 1, JournalWriter.seating(17_010, 0, 0, 0)),
                () -> journal.table(term, "coalesced-tables-0", 0, JournalWriter.seating(0, 0, 17_011, 0)),
                () -> journal.table(term, "coalesced-tables-0", 1, JournalWriter.seating(0, 0, 0, 17_010)));

        var update = anna.next();
        assertThat(update.getTablesList()).extracting(TableView::getTable).containsExactly(0, 1);
        assertThat(update.getTables(1).getSeatsList()).as("the newest").containsExactly(0L, 0L, 0L, 17_010L);
        assertThat(bert.next()).isEqualTo(update);
        assertThat(count("gamehall.directory.deltas")).isEqualTo(deltas + 1);
        assertThat(count("gamehall.directory.deltas.told")).isEqualTo(told + 2);
        assertThat(carl.messages).as("of another room").hasSize(1);
    }

    @Test
    void a_change_that_nobody_sees_is_not_told() {
        long term = open("unseen-tables-0", 17_020);
        var seen = JournalWriter.seating(17_020, 0, 0, 0);
        journal.table(term, "unseen-tables-0", 1, seen);
        await().until(() -> seated("unseen-tables-0") == 1);
        var tables = watch("unseen-tables-0", 17_020);
        assertThat(tables.next().getSnapshot()).isTrue();

        journal.table(term, "unseen-tables-0", 1, unpublished(seen));
        await().until(() -> onItsThread(() -> follower.table(new RoomId("unseen-tables-0"), 1))
                .filter(table -> !table.published())
                .isPresent());
        journal.table(term, "unseen-tables-0", 2, JournalWriter.seating(17_021, 0, 0, 0));

        assertThat(tables.next().getTablesList())
                .extracting(TableView::getTable)
                .containsExactly(2);
    }

    @Test
    void an_entry_that_was_not_read_of_yet_is_waited_for() {
        long term = open("fresh-tables-0");
        var tables = watch("fresh-tables-0", 17_030);
        await().until(() -> watching() == 1);

        journal.enter(term, "fresh-tables-0", 17_030);

        assertThat(tables.next().getSnapshot()).isTrue();
    }

    @Test
    void who_is_not_in_the_room_is_refused() throws Exception {
        long term = open("strange-tables-0", 17_041);
        journal.line(term, "strange-tables-0", 17_042, 1);
        await().until(() -> !directory.waitsFor(new PlayerId(17_042)).isEmpty());
        var member = watch("strange-tables-0", 17_041);
        assertThat(member.next().getSnapshot()).isTrue();

        assertThat(watch("no-such-room", 17_040).reason()).isEqualTo("ROOM_NOT_FOUND");
        assertThat(watch("No Room!", 17_040).reason()).isEqualTo("REQUEST_INVALID");
        var stranger = watch("strange-tables-0", 17_040);
        var waiting = watch("strange-tables-0", 17_042);
        await().until(() -> watching() == 3);
        sweepWatches(config.entryWait().toNanos() / 2);
        assertThat(watching()).as("not at once").isEqualTo(3);
        sweepWatches(FOREVER_NANOS);

        assertThat(stranger.reason()).isEqualTo("NOT_IN_ROOM");
        assertThat(waiting.reason()).isEqualTo("NOT_IN_ROOM");
        journal.table(term, "strange-tables-0", 0, JournalWriter.seating(17_041, 0, 0, 0));
        assertThat(member.next().getTables(0).getTable()).isZero();
    }

    @Test
    void a_watch_ends_when_its_player_is_in_the_room_no_more() {
        long term = open("left-tables-0", 17_050, 17_051);
        var anna = watch("left-tables-0", 17_050);
        var bert = watch("left-tables-0", 17_051);
        assertThat(List.of(anna.next(), bert.next())).allMatch(TablesUpdate::getSnapshot);

        journal.leave(term, "left-tables-0", 17_050);
        assertThat(anna.reason()).isEqualTo("NOT_IN_ROOM");
        journal.table(term, "left-tables-0", 0, JournalWriter.seating(17_051, 0, 0, 0));
        assertThat(bert.next().getTablesCount()).as("the others go on").isEqualTo(1);
        journal.line(term, "left-tables-0", 17_051, 1);
        assertThat(bert.reason()).as("back in line").isEqualTo("NOT_IN_ROOM");

        journal.enter(term, "left-tables-0", 17_050);
        assertThat(watch("left-tables-0", 17_050).next().getSnapshot()).isTrue();
    }

    @Test
    void who_falls_behind_gets_all_tables_anew_and_who_does_not_read_on_is_cut_off() throws Exception {
        long term = journal.claim(LARGE, "127.0.0.1:1");
        journal.room(term, LARGE, "slow-tables", 400);
        for (long player = 17_060; player < 17_063; player++) journal.enter(term, LARGE, player);
        await().until(() -> directory.whereIs(new PlayerId(17_062)).contains(new RoomId(LARGE)));
        var channel = NettyChannelBuilder.forAddress("127.0.0.1", Client.port())
                .usePlaintext()
                .flowControlWindow(SMALL_WINDOW)
                .build();
        try {
            var slow = watch(channel, LARGE, 17_060);
            var stuck = watch(channel, LARGE, 17_061);
            var quick = watch(channel, LARGE, 17_062).request(Integer.MAX_VALUE);
            assertThat(List.of(slow.next(), stuck.next())).allMatch(TablesUpdate::getSnapshot);
            double missed = count("gamehall.streams.slow");

            long last = LARGE_ID;
            for (int updates = 0; count("gamehall.streams.slow") < missed + 2; updates++) {
                assertThat(updates)
                        .as("neither reads, so neither takes so many")
                        .isLessThan(UPDATES_MAX);
                last = changeAllTables(term, last);
            }
            slow.request(Integer.MAX_VALUE);

            await().until(() -> slow.messages.stream().skip(1).anyMatch(TablesUpdate::getSnapshot));
            long newest = last;
            await().until(() -> known(quick).lastEntry().getValue().getSeats(0) == newest
                    && known(slow).equals(known(quick)));
            assertThat(slow.messages).as("what was missed stays missed").hasSizeLessThan(quick.messages.size());
            onItsThread(() -> {
                fanOut.sweep(System.nanoTime() + FOREVER_NANOS);
                return true;
            });
            stuck.request(Integer.MAX_VALUE).awaitEnd();
            assertThat(stuck.failure).isNull();
            assertThat(stuck.messages).filteredOn(TablesUpdate::getSnapshot).hasSize(1);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void a_session_has_only_so_many_watches_and_the_oldest_ends() {
        long term = open("many-tables-0", 17_070);
        var tables = watch("many-tables-0", 17_070);
        assertThat(tables.next().getSnapshot()).isTrue();
        var rooms = new ArrayList<StreamReader<WatchRoomsRequest, RoomsUpdate>>();
        for (int i = 0; i < config.playerWatchesMax(); i++) {
            assertThat(tables.failure).as("there is room for %d more", i).isNull();
            rooms.add(watchRooms(17_070));
            assertThat(rooms.getLast().next().getSnapshot()).isTrue();
        }

        assertThat(tables.reason()).isEqualTo("STREAMS_MAX");
        await().until(() -> watching() == 0);
        assertThat(watchRooms(17_071).next().getSnapshot())
                .as("of another session")
                .isTrue();
        journal.table(term, "many-tables-0", 0, JournalWriter.seating(17_070, 0, 0, 0));
        rooms.forEach(watch -> assertThat(seatedIn(watch, "many-tables-0")).isEqualTo(1));
    }

    private long open(String room, long... members) {
        long term = journal.open(directory, room, "tables", "127.0.0.1:1");
        for (long player : members) {
            journal.enter(term, room, player);
            await().until(() -> directory.whereIs(new PlayerId(player)).contains(new RoomId(room)));
        }
        return term;
    }

    private StreamReader<WatchTablesRequest, TablesUpdate> watch(String room, long player) {
        return watch(client.channel, room, player);
    }

    private static StreamReader<WatchTablesRequest, TablesUpdate> watch(Channel channel, String room, long player) {
        var reader = new StreamReader<WatchTablesRequest, TablesUpdate>();
        Client.with(TestTickets.player(player), DirectoryServiceGrpc.newStub(channel))
                .watchTables(WatchTablesRequest.newBuilder().setRoomId(room).build(), reader);
        return reader;
    }

    private StreamReader<WatchRoomsRequest, RoomsUpdate> watchRooms(long player) {
        var reader = new StreamReader<WatchRoomsRequest, RoomsUpdate>();
        client.directoryAsync(TestTickets.player(player)).watchRooms(WatchRoomsRequest.getDefaultInstance(), reader);
        return reader;
    }

    /** Makes an update of all tables, or more. @return who sits at the last of them */
    private long changeAllTables(long term, long last) {
        double told = count("gamehall.directory.deltas");
        var tables = new ArrayList<Table>();
        for (int number = 0; number < LARGE_TABLES; number++) tables.add(JournalWriter.seating(++last, 0, 0, 0));
        journal.tables(term, LARGE, tables);
        await().pollInterval(Duration.ofMillis(5)).until(() -> count("gamehall.directory.deltas") > told);
        return last;
    }

    /** Reads on until somebody sits in the room. */
    private static int seatedIn(StreamReader<?, RoomsUpdate> reader, String id) {
        while (true) {
            for (var room : reader.next().getRoomsList()) {
                if (room.getRoomId().equals(id) && room.getSeated() > 0) return room.getSeated();
            }
        }
    }

    /** What a client knows that puts all updates together. */
    private static TreeMap<Integer, TableView> known(StreamReader<?, TablesUpdate> reader) {
        var known = new TreeMap<Integer, TableView>();
        for (var update : reader.messages) {
            if (update.getSnapshot()) known.clear();
            update.getTablesList().forEach(table -> known.put(table.getTable(), table));
        }
        return known;
    }

    /** Lets the directory hear of all changes before it tells of any. */
    private void inOneInterval(Runnable... changes) throws Exception {
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try {
            follower.execute(() -> {
                held.countDown();
                awaitQuietly(release);
            });
            held.await();
            // Then the next telling is due, and so comes before what is read from now on.
            long due = System.nanoTime() + config.interval().toNanos();
            await().until(() -> System.nanoTime() - due > 0);
            for (var change : changes) change.run();
            await().until(() -> meters.get("gamehall.directory.behind").gauge().value() == changes.length);
        } finally {
            release.countDown();
        }
    }

    private void sweepWatches(long inNanos) throws Exception {
        onItsThread(() -> {
            watches.sweep(System.nanoTime() + inNanos);
            return true;
        });
    }

    private <T> T onItsThread(Supplier<T> what) throws Exception {
        var result = new CompletableFuture<T>();
        follower.execute(() -> result.complete(what.get()));
        return result.get();
    }

    private double watching() {
        return meters.get("gamehall.streams").tag("kind", "tables").gauge().value();
    }

    private double count(String counter) {
        return meters.get(counter).tag("kind", "tables").counter().count();
    }

    private int seated(String room) {
        return directory.room(new RoomId(room)).orElseThrow().seated();
    }

    /** A table at which both play the fourth round, and a seat is held for another. */
    private static Table playing(long host, long guest) {
        var table = JournalWriter.seating(host, guest, 0, 0);
        var round = new Round(JournalWriter.players(host, guest), List.of());
        var held = new Reservation(2, new PlayerId(17_001), new PlayerId(host), Long.MAX_VALUE);
        return new Table(table.chairs(), List.of(held), table.host(), 4, Optional.of(round), Optional.empty(), true);
    }

    private static Table unpublished(Table table) {
        return new Table(
                table.chairs(),
                table.reservations(),
                table.host(),
                table.round(),
                table.running(),
                table.last(),
                false);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}

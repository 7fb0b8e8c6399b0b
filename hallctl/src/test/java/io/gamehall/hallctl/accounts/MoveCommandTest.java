package io.gamehall.hallctl.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.Hallctl;
import io.gamehall.hallctl.load.JournalView;
import io.gamehall.hallctl.load.RedisPipe;
import io.gamehall.hallctl.testing.HallRun;
import io.gamehall.hallctl.testing.RealServers;
import io.gamehall.v1.JournalValue;
import io.gamehall.v1.MemberState;
import io.gamehall.v1.RunningRound;
import io.gamehall.v1.SettledRound;
import io.gamehall.v1.TableState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoveCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path empty;

    private static TwoCells cells;
    /** Of the journal, for each test another: the terms in one only grow. */
    private static int partition;

    @BeforeAll
    static void open() throws Exception {
        cells = new TwoCells();
        redis("HSET " + cells.here + ":halls a-gateway load");
    }

    @AfterAll
    static void close() throws SQLException {
        cells.close();
    }

    @BeforeEach
    void anAccount() throws SQLException {
        cells.register();
        partition++;
    }

    @Test
    void an_account_moves_and_moving_it_again_says_so() throws Exception {
        var moved = hall();
        assertThat(moved.exitCode()).as(moved.output()).isZero();
        assertThat(moved.output()).contains("It is locked", "It lives in " + cells.there + ".");
        cells.assertMovedWhole();

        var again = hall();
        assertThat(again.exitCode()).isZero();
        assertThat(again.output()).isEqualTo("The account lives in " + cells.there + " already.\n");
        cells.assertMovedWhole();
    }

    @Test
    void the_player_s_session_ends() throws Exception {
        var key = cells.here + ":{" + cells.player % 64 + "}:session:" + cells.player;
        redis("HSET " + key + " gen 7 seen 8");

        assertThat(hall().exitCode()).isZero();

        try (var registry = new RedisOfCell("127.0.0.1:" + RealServers.redisPort(), cells.here)) {
            assertThat(registry.endSession(cells.player)).as("a session in use").isFalse();
            redis("HSET " + key + " seen 9");
            assertThat(registry.endSession(cells.player))
                    .as("one that began later")
                    .isTrue();
        }
    }

    @Test
    void who_has_logged_in_since_is_logged_out_and_all_is_looked_at_again() throws Exception {
        var key = cells.here + ":{" + cells.player % 64 + "}:session:" + cells.player;
        var redis = "127.0.0.1:" + RealServers.redisPort();
        try (var database = TwoCells.connect(cells.here);
                var registry = new RedisOfCell(redis, cells.here);
                var rooms = new RoomTies(RealServers.kafka(), cells.here, cells.player)) {
            var accounts = new CellAccounts(database, cells.here);
            var quiet = new CellQuiet(accounts, redis, RealServers.kafka(), Duration.ZERO, Duration.ZERO);
            redis("HSET " + key + " gen 7 seen 8");

            assertThat(quiet.open(cells.player, registry, rooms)).hasValue("the player was still logged in");
            assertThat(quiet.open(cells.player, registry, rooms)).isEmpty();
        }
    }

    @Test
    void who_is_in_a_room_does_not_leave_before_the_room_is_left() throws Exception {
        journal(1, "member/mahjong-1/" + cells.player, JournalValue.newBuilder().setMember(MemberState.newBuilder()));
        journal(
                1,
                "member/mahjong-1/" + (cells.player + 1),
                JournalValue.newBuilder().setMember(MemberState.newBuilder()));
        assertWaitsFor("member/mahjong-1/" + cells.player);

        journal(0, "member/mahjong-1/" + cells.player, null);
        assertWaitsFor("member/mahjong-1/" + cells.player);

        journal(2, "member/mahjong-1/" + cells.player, null);
        assertThat(hall().exitCode()).isZero();
    }

    @Test
    void a_round_of_the_player_s_ends_first_and_its_result_is_in_kafka() throws Exception {
        var running = TableState.newBuilder()
                .setPublished(true)
                .setRunning(RunningRound.newBuilder().addPlayers(5).addPlayers(cells.player));
        journal(1, "table/mahjong-1/3", JournalValue.newBuilder().setTable(running));
        assertWaitsFor("table/mahjong-1/3");

        var settled = TableState.newBuilder()
                .setLast(SettledRound.newBuilder().addPlayers(5).addPlayers(cells.player));
        journal(1, "table/mahjong-1/3", JournalValue.newBuilder().setTable(settled));
        assertWaitsFor("table/mahjong-1/3");

        journal(1, "table/mahjong-1/3", JournalValue.newBuilder().setTable(settled.setPublished(true)));
        assertThat(hall().exitCode()).isZero();
    }

    @Test
    void a_join_that_is_not_in_kafka_is_waited_for() throws Exception {
        cells.run("INSERT INTO #here.activity (activity_id, name, config, version) VALUES ('spring', 'Spring',"
                + " '{\"shards\": 2}', 1)");
        var outbox = "{" + cells.here + ":act:spring:1}:outbox";
        redis("XADD " + outbox + " 1-1 player " + cells.player + "9 ordinal 1");
        redis("XADD " + outbox + " 2-1 player " + cells.player + " ordinal 1");
        assertWaitsFor("a join of spring is not in Kafka");

        redis("XDEL " + outbox + " 2-1");
        assertThat(hall().exitCode()).isZero();
    }

    @Test
    void facts_in_kafka_are_booked_first_and_the_player_is_told_of_claims() throws Exception {
        var topic = Topics.name(cells.here, Topics.GAME_RESULTS);
        send(new ProducerRecord<>(topic, 3, new byte[1], new byte[1]));
        assertWaitsFor("reward-service has not booked all of " + topic);

        var booked = Map.of(new TopicPartition(topic, 3), new OffsetAndMetadata(1));
        try (var admin = Admin.create(Map.of("bootstrap.servers", RealServers.kafka()))) {
            admin.alterConsumerGroupOffsets(cells.here + ".rewards-results", booked)
                    .all()
                    .get();
        }
        cells.run("INSERT INTO #here.reward_change_due VALUES (#p, 'spring:2', 1)");
        assertWaitsFor("reward_change_due");

        cells.run("DELETE FROM #here.reward_change_due");
        assertThat(hall().exitCode()).isZero();
    }

    @Test
    void a_program_that_is_killed_again_and_again_is_done_in_the_end() throws Exception {
        cells.run("INSERT INTO #here.score_fact SELECT #p, CONCAT('r/', seq), 'upgrade', 'WON', 1, seq, seq, 0, seq"
                + " FROM seq_1_to_5000");
        cells.run("INSERT INTO #here.player_score VALUES (#p, 'upgrade', 5000, 5000, 0, 0, 0, 5000)");

        killedWhen(() -> cells.state(cells.here).startsWith("LEAVING"));
        killedWhen(() -> cells.state(cells.there).startsWith("ARRIVING"));
        killedWhen(() -> cells.state(cells.here).startsWith("LEFT"));
        assertThat(cells.state(cells.here).startsWith("LIVE")).isFalse();

        assertThat(hall().exitCode()).isZero();
        assertThat(cells.state(cells.there)).isEqualTo("LIVE " + cells.here);
        cells.assertSameRows();
    }

    @Test
    void an_account_is_not_locked_when_the_servers_are_not_those_of_its_region() throws Exception {
        redis("DEL " + cells.here + ":halls");
        try {
            assertRefused(hall(), 1, "No gateway of " + cells.here + " is known");
        } finally {
            redis("HSET " + cells.here + ":halls a-gateway load");
        }
        assertRefused(hall("--redis=127.0.0.1:1"), 1, "Redis at 127.0.0.1:1 does not answer");

        assertThat(cells.state(cells.here)).isEqualTo("LIVE -");
    }

    @Test
    void an_account_is_called_back() throws Exception {
        journal(1, "member/mahjong-1/" + cells.player, JournalValue.newBuilder().setMember(MemberState.newBuilder()));
        assertWaitsFor("member/mahjong-1");

        assertThat(hall("--cancel").output()).isEqualTo("It stays in " + cells.here + ", and its player can log in.\n");
        assertThat(cells.state(cells.here)).isEqualTo("LIVE -");
        assertThat(hall("--cancel").exitCode()).isZero();
    }

    @Test
    void an_account_is_called_back_when_the_region_that_it_was_to_go_to_is_away() throws Exception {
        journal(1, "member/mahjong-1/" + cells.player, JournalValue.newBuilder().setMember(MemberState.newBuilder()));
        assertWaitsFor("member/mahjong-1");

        var back = hall("--cancel", "--to-db=127.0.0.1:1");

        assertThat(back.exitCode()).as(back.output()).isZero();
        assertThat(back.output()).contains("It stays in " + cells.here, "repeat this later", "Region " + cells.there);
        assertThat(cells.state(cells.here)).isEqualTo("LIVE -");
    }

    @Test
    void what_is_in_the_way_is_told_and_nothing_is_changed() throws Exception {
        assertRefused(run(cells.player + 1, cells.here, cells.there), 1, "There is no account");
        assertRefused(run(cells.player, cells.there, cells.here), 1, "in " + cells.there);
        assertRefused(run(cells.player, cells.here, "atlantis"), 1, "Region atlantis: ");
        assertRefused(run(cells.player, cells.here, cells.here), 2, "name the same region");

        cells.run("UPDATE #here.account SET state = 'LEAVING', other_region = 'atlantis' WHERE player_id = #p");
        assertRefused(hall(), 1, "is about to leave for atlantis");
        assertRefused(hall("--cancel"), 1, "is about to leave for atlantis");
        cells.run("UPDATE #here.account SET state = 'LEFT' WHERE player_id = #p");
        assertRefused(hall(), 1, "it lives in atlantis");
        assertRefused(hall("--cancel"), 1, "it lives in atlantis");
        cells.run("UPDATE #here.account SET state = 'ARRIVING' WHERE player_id = #p");
        assertRefused(hall(), 1, "is about to arrive from atlantis");

        cells.run("UPDATE #here.account SET state = 'LIVE', password_hash = '!' WHERE player_id = #p");
        cells.run("DELETE FROM #here.account_identity WHERE player_id = #p");
        assertRefused(hall(), 1, "a guest's");
        assertThat(cells.state(cells.here)).isEqualTo("LIVE atlantis");
        assertThat(cells.state(cells.there)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lee --from a --to b               | PLAYER is an account's id in digits, not 'lee'",
                "0 --from a --to b                 | PLAYER is an account's id",
                "5 --from a --to B                 | Not a cell name",
                "5 --from a                        | --to",
                "5 --from a --to b --name x        | --name takes",
                "5 --from a --to b --settle -1     | --settle",
                "5 --from a --to b --redis r       | --redis takes HOST:PORT",
                "5 --from a --to b --db d          | --db takes HOST:PORT",
                "5 --from a --to b                 | No hall runs in"
            })
    void a_wrong_use_is_told(String arguments, String message) {
        var run = HallRun.ofLine("accounts move --data " + empty + " " + arguments);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains(message).contains("./hall accounts move --help");
    }

    @Test
    void help_tells_of_both_commands() {
        assertThat(HallRun.of("accounts", "--help").output()).contains("move", "docs/accounts.md");
        assertThat(HallRun.of("accounts", "move", "--help").output())
                .contains("--cancel", "--settle=SECONDS", "PLAYER");
    }

    private void assertRefused(HallRun run, int exitCode, String message) {
        assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
        assertThat(run.output()).contains(message);
    }

    private void assertWaitsFor(String what) throws SQLException {
        assertRefused(hall(), 1, what);
        assertThat(cells.state(cells.here)).isEqualTo("LEAVING " + cells.there);
        assertThat(cells.state(cells.there)).isEmpty();
    }

    private void journal(long term, String key, JournalValue.Builder value) {
        var record = new ProducerRecord<>(
                Topics.name(cells.here, Topics.ROOM_JOURNAL),
                partition % Topics.ROOM_PARTITIONS,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.build().toByteArray());
        record.headers()
                .add(
                        JournalView.TERM_HEADER,
                        ByteBuffer.allocate(Long.BYTES).putLong(term).array());
        send(record);
    }

    private static void send(ProducerRecord<byte[], byte[]> record) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", RealServers.kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record);
            producer.flush();
        }
    }

    private static void redis(String command) throws IOException {
        RedisPipe.send(RealServers.redisPort(), List.of(command).iterator());
    }

    /** Starts the program and ends it as soon as something shows; it may have got further by then, or be done. */
    private void killedWhen(Callable<Boolean> seen) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Hallctl.class.getName()));
        command.addAll(words(cells.player, cells.here, cells.there));
        var program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> seen.call() || !program.isAlive());
            assertThat(seen.call()).as("the program got so far").isTrue();
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    private HallRun hall(String... options) {
        return run(cells.player, cells.here, cells.there, options);
    }

    private static HallRun run(long player, String from, String to, String... options) {
        var all = words(player, from, to);
        all.addAll(List.of(options));
        return HallRun.of(all);
    }

    private static List<String> words(long player, String from, String to) {
        return new ArrayList<>(List.of(
                "accounts",
                "move",
                Long.toString(player),
                "--from=" + from,
                "--to=" + to,
                "--settle=0",
                "--patience=0",
                "--data=" + RealServers.data()));
    }
}

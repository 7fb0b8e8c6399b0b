package io.gamehall.gateway.session;

import static io.gamehall.gateway.testing.Client.PASSWORD;
import static io.gamehall.gateway.testing.Client.freshName;
import static io.gamehall.gateway.testing.Client.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.registry.redis.PlayerKeys;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.gateway.testing.OwnRedis;
import io.gamehall.gateway.testing.OwnerPeer;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Tickets;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.Session;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.Context;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hall that refuses a second login, and a Redis that forgets. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
@QuarkusTestResource(value = OwnRedis.class, restrictToAnnotatedClass = true)
class RegistryRestartTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private Client client;
    private final RedisDataSource redis;
    private final Sessions sessions;
    private final Cell cell;
    private final Tickets tickets;
    private final Directory directory;

    RegistryRestartTest(RedisDataSource redis, Sessions sessions, Cell cell, Tickets tickets, Directory directory) {
        this.redis = redis;
        this.sessions = sessions;
        this.cell = cell;
        this.tickets = tickets;
        this.directory = directory;
    }

    // Not in fields: Quarkus makes a second instance of the test class that no test runs on.
    @BeforeEach
    void open() {
        client = new Client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_login_is_refused_while_the_session_s_stream_is_live_and_taken_when_it_has_been_away() {
        var name = freshName();
        var session = client.register(name);
        var stream = subscribe(session);
        var registered = seen(session).orElseThrow();
        // Longer than it would count as live without being touched.
        await().atMost(SOON).until(() -> seen(session).orElseThrow() > registered + 4_000);

        var refused = logIn(name);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.<String>path("code")).isEqualTo("ALREADY_LOGGED_IN");
        assertThat(refused.header("Retry-After")).isNotNull();
        list(session);
        stream.cancel(null);
        await().atMost(SOON).until(() -> logIn(name).statusCode() == 200);
        assertThat(reason(() -> list(session))).isEqualTo("SESSION_ENDED");
    }

    @Test
    void logging_out_frees_the_account_at_once() {
        var name = freshName();
        var session = client.register(name);
        assertThat(logIn(name).<String>path("code")).isEqualTo("ALREADY_LOGGED_IN");

        sessions.end(tickets.verify("Bearer " + session.getToken())).await().indefinitely();

        list(logIn(name).<String>path("token"));
        assertThat(reason(() -> list(session))).isEqualTo("SESSION_ENDED");
    }

    @Test
    void a_redis_that_came_back_empty_learns_sessions_and_rooms_again_and_nobody_is_logged_out() {
        try (var journal = new JournalWriter();
                var owner = new OwnerPeer(command -> RoomCommandReply.getDefaultInstance())) {
            var name = freshName();
            var session = client.register(name);
            var player = session.getPlayerId();
            long generation = tickets.verify("Bearer " + session.getToken()).generation();
            long term = journal.open(directory, "restart-a", "restart", owner.endpoint());
            journal.enter(term, "restart-a", player);
            await().until(() -> !directory.whereIs(new PlayerId(player)).isEmpty());
            var stream = subscribe(session);

            OwnRedis.kill();
            list(session);
            OwnRedis.startEmpty();

            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() ->
                            seen(session).isPresent() && room(player, "restart").isPresent());
            assertThat(room(player, "restart").orElseThrow()).endsWith("|i|restart-a");
            assertThat(reason(() -> list(TestTickets.player(player, generation - 1))))
                    .isEqualTo("SESSION_ENDED");
            assertThat(logIn(name).<String>path("code")).isEqualTo("ALREADY_LOGGED_IN");
            list(session);
            assertThat(stream.isCancelled()).isFalse();
            stream.cancel(null);
        }
    }

    @Test
    void while_redis_is_away_players_enter_rooms_and_only_logging_in_is_not_possible() {
        var name = freshName();
        var session = client.register(name);
        try (var journal = new JournalWriter();
                var owner = new OwnerPeer(command -> RoomCommandReply.newBuilder()
                        .setEntered(EnterReply.newBuilder().setRoomId("away-a"))
                        .build())) {
            journal.open(directory, "away-a", "away", owner.endpoint());
            list(session);
            OwnRedis.kill();

            client.play(session.getToken())
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .enter(EnterRequest.newBuilder().setRoomId("away-a").build());

            assertThat(owner.asked).hasSize(1);
            assertThat(logIn(name).<String>path("code")).isEqualTo("DEPENDENCY_UNAVAILABLE");
        } finally {
            OwnRedis.startEmpty();
        }
        // The next test begins with a registry that is listened to.
        await().atMost(SOON).ignoreExceptions().until(() -> Set.of("1")
                .contains(redis.execute("PUBSUB", "NUMSUB", cell.name() + ":sessions")
                        .get(1)
                        .toString()));
    }

    private Context.CancellableContext subscribe(Session session) {
        var call = Context.current().withCancellation();
        call.run(() -> assertThat(client.events(session.getToken())
                        .withDeadlineAfter(5, TimeUnit.MINUTES)
                        .subscribe(SubscribeRequest.getDefaultInstance())
                        .next()
                        .hasWelcome())
                .isTrue());
        return call;
    }

    private Optional<Long> seen(Session session) {
        return Optional.ofNullable(
                redis.hash(Long.class).hget(new PlayerKeys(cell.name(), "session").of(session.getPlayerId()), "seen"));
    }

    private Optional<String> room(long player, String game) {
        return Optional.ofNullable(
                redis.hash(String.class).hget(new PlayerKeys(cell.name(), "rooms").of(player), "r:" + game));
    }

    private void list(Session session) {
        list(session.getToken());
    }

    private void list(String token) {
        client.directory(token).listRooms(ListRoomsRequest.getDefaultInstance());
    }

    /**
     * Over REST: Quarkus' gRPC server, started for the second time in one JVM, takes refusals of its services for
     * failures, because it asks the exception handler of the first.
     */
    private static Response logIn(String name) {
        return RestAssured.given()
                .contentType("application/json")
                .body(Map.of("name", name, "password", PASSWORD))
                .post("/api/login");
    }
}

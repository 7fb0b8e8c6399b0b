package io.gamehall.gateway.session;

import static io.gamehall.gateway.testing.Client.PASSWORD;
import static io.gamehall.gateway.testing.Client.freshName;
import static io.gamehall.gateway.testing.Client.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.registry.redis.PlayerKeys;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.Cell;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Tickets;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.Event;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.Session;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.WatchRoomsRequest;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class SessionTest {
    private Client client;
    private final RedisDataSource redis;
    private final Sessions sessions;
    private final Cell cell;
    private final Tickets tickets;

    SessionTest(RedisDataSource redis, Sessions sessions, Cell cell, Tickets tickets) {
        this.redis = redis;
        this.sessions = sessions;
        this.cell = cell;
        this.tickets = tickets;
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
    void a_login_ends_the_older_session_and_its_streams() {
        var name = freshName();
        var older = client.register(name);
        var events = client.events(older.getToken()).subscribe(SubscribeRequest.getDefaultInstance());
        assertThat(events.next().hasWelcome()).isTrue();
        var watch = client.directory(older.getToken()).watchRooms(WatchRoomsRequest.getDefaultInstance());
        assertThat(watch.next().getSnapshot()).isTrue();

        var newer = logIn(name);

        var last = last(events);
        assertThat(last.getEnded().getReason()).isEqualTo(SessionEnded.Reason.DISPLACED);
        assertThat(reason(() -> watch.forEachRemaining(update -> {}))).isEqualTo("SESSION_ENDED");
        assertThat(reason(() -> list(older.getToken()))).isEqualTo("SESSION_ENDED");
        list(newer.getToken());
    }

    @Test
    void a_session_that_redis_has_forgotten_goes_on_and_is_known_again() {
        var session = client.register(freshName());
        redis.key().del(key(session));
        sessions.distrust();

        list(session.getToken());

        assertThat(redis.hash(String.class).hget(key(session), "gen")).isNotNull();
    }

    @Test
    void news_of_sessions_are_heard_again_after_the_connection_was_lost() {
        var name = freshName();
        var older = client.register(name);
        var events = client.events(older.getToken()).subscribe(SubscribeRequest.getDefaultInstance());
        assertThat(events.next().hasWelcome()).isTrue();

        redis.execute("CLIENT", "KILL", "TYPE", "pubsub");
        await().until(() -> redis.execute("PUBSUB", "NUMSUB", cell.name() + ":sessions")
                        .get(1)
                        .toLong()
                == 1);
        logIn(name);

        assertThat(last(events).getEnded().getReason()).isEqualTo(SessionEnded.Reason.DISPLACED);
    }

    @Test
    void calls_without_a_good_token_are_refused() {
        assertThat(reason(() -> list(TestTickets.forged(7)))).isEqualTo("TOKEN_INVALID");
        assertThat(reason(() -> list(TestTickets.expired(7)))).isEqualTo("TOKEN_EXPIRED");
        assertThat(reason(() -> list("x"))).isEqualTo("TOKEN_INVALID");
        assertThat(reason(() -> DirectoryServiceGrpc.newBlockingStub(client.channel)
                        .listRooms(ListRoomsRequest.getDefaultInstance())))
                .isEqualTo("TOKEN_MISSING");
    }

    @Test
    void after_logging_out_the_token_is_refused_and_the_account_is_free() {
        var name = freshName();
        var session = client.register(name);
        var events = client.events(session.getToken()).subscribe(SubscribeRequest.getDefaultInstance());
        assertThat(events.next().hasWelcome()).isTrue();

        sessions.end(tickets.verify("Bearer " + session.getToken())).await().indefinitely();

        assertThat(last(events).getEnded().getReason()).isEqualTo(SessionEnded.Reason.LOGGED_OUT);
        assertThat(reason(() -> list(session.getToken()))).isEqualTo("SESSION_ENDED");
        assertThat(redis.hash(String.class).hget(key(session), "seen")).isNull();
        list(logIn(name).getToken());
    }

    @Test
    void logging_out_with_an_old_token_does_not_end_the_newer_session() {
        var name = freshName();
        var older = client.register(name);
        var newer = logIn(name);

        sessions.end(tickets.verify("Bearer " + older.getToken())).await().indefinitely();

        list(newer.getToken());
    }

    @Test
    void an_old_token_does_not_end_the_newer_session_of_which_redis_has_lost_all_memory() {
        var name = freshName();
        var older = client.register(name);
        var newer = logIn(name);
        redis.key().del(key(newer));

        sessions.end(tickets.verify("Bearer " + older.getToken())).await().indefinitely();

        list(newer.getToken());
    }

    @Test
    void a_generation_of_the_far_future_is_no_session_s() {
        var session = client.register(freshName());
        var token = TestTickets.player(session.getPlayerId(), Long.MAX_VALUE / 2);

        assertThat(reason(() -> list(token))).isEqualTo("TOKEN_INVALID");

        list(session.getToken());
    }

    @Test
    void the_services_behind_look_where_the_registry_keeps_sessions() {
        assertThat(LiveTickets.key("cell", -3)).isEqualTo(new PlayerKeys("cell", "session").of(-3));
    }

    private String key(Session session) {
        return new PlayerKeys(cell.name(), "session").of(session.getPlayerId());
    }

    private void list(String token) {
        client.directory(token).listRooms(ListRoomsRequest.getDefaultInstance());
    }

    private Session logIn(String name) {
        return client.login()
                .login(LoginRequest.newBuilder()
                        .setName(name)
                        .setPassword(PASSWORD)
                        .build())
                .getSession();
    }

    private static Event last(Iterator<Event> events) {
        var last = Event.getDefaultInstance();
        while (events.hasNext()) last = events.next();
        return last;
    }
}

package io.gamehall.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.MessageLite;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.gateway.testing.JournalWriter;
import io.gamehall.gateway.testing.WebClient;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.Event;
import io.gamehall.v1.LoginReply;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.RegisterRequest;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.TablesUpdate;
import io.gamehall.v1.WatchTablesRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class WebCallTest {
    private static final String REGISTER = "/gamehall.v1.LoginService/Register";
    private static final String LOGIN = "/gamehall.v1.LoginService/Login";
    private static final String SUBSCRIBE = "/gamehall.v1.EventService/Subscribe";
    private static final String WATCH_TABLES = "/gamehall.v1.DirectoryService/WatchTables";
    private static final String BINARY = "application/grpc-web+proto";
    private static final String TEXT = "application/grpc-web-text";

    private final MeterRegistry metrics;
    private final Directory directory;

    WebCallTest(MeterRegistry metrics, Directory directory) {
        this.metrics = metrics;
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_1_1, application/grpc-web",
        "HTTP_1_1, application/grpc-web+proto",
        "HTTP_1_1, application/grpc-web-text",
        "HTTP_2, application/grpc-web+proto",
        "HTTP_2, application/grpc-web-text+proto"
    })
    void a_unary_call_is_answered(Version version, String type) throws Exception {
        try (var web = new WebClient(version)) {
            var answer = web.call(REGISTER, type, register(Client.freshName()));

            assertThat(answer.http().statusCode()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo(type.contains("text") ? TEXT + "+proto" : BINARY);
            assertThat(answer.status()).isZero();
            assertThat(answer.messages()).hasSize(1);
            assertThat(LoginReply.parseFrom(answer.messages().getFirst())
                            .getSession()
                            .getPlayerId())
                    .isNotZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BINARY, TEXT})
    void a_refusal_carries_its_details_in_the_body(String type) throws Exception {
        try (var web = new WebClient(Version.HTTP_1_1)) {
            var answer = web.call(LOGIN, type, LoginRequest.getDefaultInstance());

            assertThat(answer.http().headers().map()).doesNotContainKey("grpc-status");
            assertThat(answer.status()).isEqualTo(16);
            assertThat(answer.reason()).isEqualTo("LOGIN_FAILED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BINARY, TEXT})
    void a_stream_comes_message_by_message_and_ends_with_its_client(String type) throws Exception {
        double before = open();
        try (var web = new WebClient(Version.HTTP_1_1)) {
            var stream = web.stream(SUBSCRIBE, type, SubscribeRequest.getDefaultInstance(), TestTickets.player(9_700));

            assertThat(Event.parseFrom(stream.next()).hasWelcome()).isTrue();
            assertThat(open()).isGreaterThan(before);
        }
        await().until(() -> open() <= before);
    }

    @ParameterizedTest
    @ValueSource(strings = {BINARY, TEXT})
    void the_tables_of_a_room_come_to_a_browser_until_its_player_leaves(String type) throws Exception {
        long player = type.equals(TEXT) ? 9_701 : 9_702;
        var room = "web-tables-" + player;
        try (var web = new WebClient(Version.HTTP_1_1);
                var journal = new JournalWriter()) {
            long term = journal.open(directory, room, "web-tables", "127.0.0.1:1");
            journal.enter(term, room, player);
            var request = WatchTablesRequest.newBuilder().setRoomId(room).build();
            var stream = web.stream(WATCH_TABLES, type, request, TestTickets.player(player));
            assertThat(TablesUpdate.parseFrom(stream.next()).getTablesCount()).isEqualTo(5);

            journal.table(term, room, 3, JournalWriter.seating(player, 0, 0, 0));
            var change = TablesUpdate.parseFrom(stream.next());
            assertThat(change.getSnapshot()).isFalse();
            assertThat(change.getTables(0).getSeats(0)).isEqualTo(player);

            journal.leave(term, room, player);
            assertThat(new String(stream.next())).contains("grpc-status: 9", "has%20left%20the%20room");
        }
    }

    @Test
    void a_body_that_is_no_message_is_refused() throws Exception {
        try (var web = new WebClient(Version.HTTP_1_1)) {
            assertThat(web.post(LOGIN, TEXT, "this is not base64 !".getBytes()).reason())
                    .isEqualTo("REQUEST_INVALID");
            assertThat(web.post(LOGIN, BINARY, new byte[0]).reason()).isEqualTo("REQUEST_INVALID");
            assertThat(web.post(LOGIN, BINARY, new byte[] {0, 0, 0}).reason()).isEqualTo("REQUEST_INVALID");
            assertThat(web.post(LOGIN, BINARY, new byte[] {1, 0, 0, 0, 1, 7}).reason())
                    .isEqualTo("REQUEST_INVALID");
            assertThat(web.post(LOGIN, BINARY, new byte[] {0, 0, 0, 0, 1, 7}).reason())
                    .isEqualTo("REQUEST_INVALID");
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void an_unknown_method_is_unimplemented(Version version) throws Exception {
        try (var web = new WebClient(version)) {
            var answer = web.call("/gamehall.v1.LoginService/Nothing", BINARY, LoginRequest.getDefaultInstance());

            assertThat(answer.http().statusCode()).isEqualTo(200);
            assertThat(answer.status()).isEqualTo(12);
            assertThat(answer.reason()).isEqualTo("METHOD_NOT_ALLOWED");
        }
    }

    @Test
    void messages_up_to_the_limit_are_taken_in_text_too() throws Exception {
        try (var web = new WebClient(Version.HTTP_1_1)) {
            var fits = web.call(REGISTER, TEXT, register("x".repeat(65_000)));
            var tooLarge = web.call(REGISTER, TEXT, register("x".repeat(66_000)));

            assertThat(fits.reason()).isEqualTo("NAME_INVALID");
            assertThat(tooLarge.status()).isEqualTo(8);
            assertThat(tooLarge.reason()).isEqualTo("BODY_TOO_LARGE");
        }
    }

    @Test
    void other_methods_than_post_are_refused() throws Exception {
        try (var web = new WebClient(Version.HTTP_1_1)) {
            assertThat(web.get(LOGIN, BINARY).statusCode()).isEqualTo(405);
        }
    }

    private double open() {
        return metrics.get("gamehall.web.open").gauge().value();
    }

    private static MessageLite register(String name) {
        return RegisterRequest.newBuilder()
                .setName(name)
                .setPassword(Client.PASSWORD)
                .build();
    }
}

package io.gamehall.gateway.login;

import static io.gamehall.gateway.testing.Client.PASSWORD;
import static io.gamehall.gateway.testing.Client.freshName;
import static io.gamehall.gateway.testing.Client.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Tickets;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.LoginServiceGrpc;
import io.gamehall.v1.RegisterRequest;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.WatchRoomsRequest;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class LoginGrpcTest {
    private Client client;
    private final Tickets tickets;
    private final Cell cell;
    private final Accounts accounts;

    LoginGrpcTest(Tickets tickets, Cell cell, Accounts accounts) {
        this.tickets = tickets;
        this.cell = cell;
        this.accounts = accounts;
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
    void a_call_that_its_client_gave_up_leaves_the_other_calls_of_the_connection_alone() throws Exception {
        var token = client.register(freshName()).getToken();
        var failure = new AtomicReference<Throwable>();
        Client.with(token, DirectoryServiceGrpc.newStub(client.channel))
                .watchRooms(WatchRoomsRequest.getDefaultInstance(), new StreamObserver<>() {
                    @Override
                    public void onNext(RoomsUpdate update) {}

                    @Override
                    public void onError(Throwable broken) {
                        failure.set(broken);
                    }

                    @Override
                    public void onCompleted() {}
                });

        var names = Stream.generate(Client::freshName).limit(8).toList();
        for (var name : names) {
            var given = client.login().withDeadlineAfter(2, TimeUnit.MILLISECONDS);
            catchThrowableOfType(StatusRuntimeException.class, () -> given.register(register(name, PASSWORD, "")));
        }
        // Hashing goes in order: once this one is answered, so are those, or their clients have gone.
        client.register(freshName());

        assertThat(failure.get()).isNull();
    }

    @Test
    void a_player_registers_and_is_logged_in() {
        var name = freshName();

        var session = client.register(name);

        assertThat(session.getPlayerId() >>> 40).isEqualTo(cell.number());
        assertThat(session.getRegion()).isEqualTo(cell.name());
        assertThat(session.getHallAddress()).isEqualTo(GatewaySettings.HALL_ADDRESS);
        assertThat(session.getActivityUrl()).isEqualTo("http://activity.test");
        assertThat(session.getRewardUrl()).isEqualTo("http://reward.test");
        var ticket = tickets.verify("Bearer " + session.getToken());
        assertThat(ticket.player()).isEqualTo(session.getPlayerId());
        assertThat(ticket.name()).isEqualTo(name);
        assertThat(ticket.roles()).containsExactly("player");
        assertThat(ticket.expiresAt().toEpochMilli()).isEqualTo(session.getExpiresAtMs());
        assertThat(ticket.expiresAt()).isAfter(Instant.now().plus(Duration.ofHours(11)));
        assertThat(client.directory(session.getToken())
                        .listRooms(ListRoomsRequest.getDefaultInstance())
                        .isInitialized())
                .isTrue();
    }

    @Test
    void a_player_logs_in_again_with_a_higher_generation() {
        var name = freshName();
        var first = client.register(name);

        var second = client.login().login(login(name, PASSWORD, "")).getSession();

        assertThat(second.getPlayerId()).isEqualTo(first.getPlayerId());
        assertThat(tickets.verify("Bearer " + second.getToken()).generation())
                .isGreaterThan(tickets.verify("Bearer " + first.getToken()).generation());
    }

    @Test
    void an_administrator_gets_the_role() {
        var name = new AccountName(GatewaySettings.ADMIN);
        var hash = BcryptUtil.bcryptHash(PASSWORD, 4);
        accounts.insert(new Account(Account.playerId(cell.number(), 77), name, Optional.of(hash)))
                .await()
                .indefinitely();

        var session = client.login().login(login(name.value(), PASSWORD, "")).getSession();

        assertThat(tickets.verify("Bearer " + session.getToken()).roles()).isEqualTo(Set.of("player", "admin"));
    }

    @Test
    void nobody_registers_under_the_name_of_an_administrator_nor_one_like_it() {
        assertThat(reason(() -> client.register(GatewaySettings.ADMIN))).isEqualTo("NAME_TAKEN");
        assertThat(reason(() -> client.register("The-Admin"))).isEqualTo("NAME_TAKEN");
    }

    @Test
    void a_wrong_password_and_an_unknown_name_are_refused_alike() {
        var name = freshName();
        client.register(name);

        var wrong = catchThrowableOfType(
                StatusRuntimeException.class, () -> client.login().login(login(name, "wrong horse", "")));
        var unknown = catchThrowableOfType(
                StatusRuntimeException.class, () -> client.login().login(login(freshName(), PASSWORD, "")));

        assertThat(Client.info(wrong).getReason()).isEqualTo("LOGIN_FAILED");
        assertThat(wrong.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(unknown.getStatus().getDescription())
                .isEqualTo(wrong.getStatus().getDescription());
    }

    @Test
    void a_name_is_taken_once() {
        var name = freshName();
        client.register(name);

        assertThat(reason(() -> client.register(name))).isEqualTo("NAME_TAKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "has space", "ünïcode", "a234567890123456789012345678901234", "a/b/c"})
    void a_bad_name_is_refused(String name) {
        assertThat(reason(() -> client.register(name))).isEqualTo("NAME_INVALID");
        assertThat(reason(() -> client.login().login(login(name, PASSWORD, ""))))
                .isEqualTo("LOGIN_FAILED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "with\0null-byte",
                "ü2345678901234567890123456789012345678901234567890123456789012345678901x"
            })
    void a_bad_password_is_refused(String password) {
        assertThat(reason(() -> client.login().register(register(freshName(), password, ""))))
                .isEqualTo("PASSWORD_INVALID");
    }

    @Test
    void another_region_s_player_is_redirected() {
        var redirect = client.login()
                .login(login(freshName(), PASSWORD, GatewaySettings.ELSEWHERE))
                .getRedirect();

        assertThat(redirect.getRegion()).isEqualTo(GatewaySettings.ELSEWHERE);
        assertThat(redirect.getHallAddress()).isEqualTo(GatewaySettings.HALL_ELSEWHERE);
        assertThat(client.login()
                        .register(register(freshName(), PASSWORD, GatewaySettings.ELSEWHERE))
                        .hasRedirect())
                .isTrue();
        assertThat(client.login()
                        .register(register(freshName(), PASSWORD, cell.name()))
                        .hasSession())
                .isTrue();
    }

    @Test
    void an_unknown_region_is_refused() {
        assertThat(reason(() -> client.login().login(login(freshName(), PASSWORD, "atlantis"))))
                .isEqualTo("REGION_UNKNOWN");
    }

    @Test
    void bytes_that_are_no_message_get_a_clean_status() {
        var garbage = new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3};

        var refused = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        client.channel,
                        raw(LoginServiceGrpc.getLoginMethod().getFullMethodName()),
                        CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.SECONDS),
                        garbage));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(Client.info(refused).getReason()).isEqualTo("REQUEST_INVALID");
        assertThat(String.valueOf(refused.getStatus().getDescription())).doesNotContain("\tat ");
        // And the service goes on, on the same connection.
        assertThat(client.register(freshName()).getPlayerId()).isNotZero();
    }

    @Test
    void a_message_over_the_limit_is_refused() {
        var refused = catchThrowableOfType(StatusRuntimeException.class, () -> client.register("x".repeat(1_000_000)));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(client.register(freshName()).getPlayerId()).isNotZero();
    }

    static MethodDescriptor<byte[], byte[]> raw(String method) {
        var bytes = new MethodDescriptor.Marshaller<byte[]>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                try {
                    return stream.readAllBytes();
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }
        };
        return MethodDescriptor.<byte[], byte[]>newBuilder(bytes, bytes)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .build();
    }

    private static LoginRequest login(String name, String password, String region) {
        return LoginRequest.newBuilder()
                .setName(name)
                .setPassword(password)
                .setRegion(region)
                .build();
    }

    private static RegisterRequest register(String name, String password, String region) {
        return RegisterRequest.newBuilder()
                .setName(name)
                .setPassword(password)
                .setRegion(region)
                .build();
    }
}

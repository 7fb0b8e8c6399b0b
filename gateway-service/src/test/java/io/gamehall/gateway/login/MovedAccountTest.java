package io.gamehall.gateway.login;

import static io.gamehall.gateway.testing.Client.PASSWORD;
import static io.gamehall.gateway.testing.Client.freshName;
import static io.gamehall.gateway.testing.Client.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.LoginRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logging in to an account that is being moved to another region, or was. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class MovedAccountTest {
    private final Pool pool;
    private final Cell cell;
    private Client client;

    MovedAccountTest(Pool pool, Cell cell) {
        this.pool = pool;
        this.cell = cell;
    }

    @BeforeEach
    void open() {
        client = new Client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void who_has_moved_is_sent_there_once_the_password_is_proved() {
        var name = registered("LEFT", GatewaySettings.ELSEWHERE);

        var redirect = client.login().login(login(name, PASSWORD, cell.name())).getRedirect();

        assertThat(redirect.getRegion()).isEqualTo(GatewaySettings.ELSEWHERE);
        assertThat(redirect.getHallAddress()).isEqualTo(GatewaySettings.HALL_ELSEWHERE);
        assertThat(reason(() -> client.login().login(login(name, "wrong horse", cell.name()))))
                .isEqualTo("LOGIN_FAILED");
    }

    @Test
    void nobody_gets_in_while_the_account_is_on_its_way() {
        var leaving = registered("LEAVING", GatewaySettings.ELSEWHERE);
        var arriving = registered("ARRIVING", GatewaySettings.ELSEWHERE);

        assertThat(reason(() -> client.login().login(login(leaving, PASSWORD, ""))))
                .isEqualTo("ACCOUNT_MOVING");
        assertThat(reason(() -> client.login().login(login(arriving, PASSWORD, ""))))
                .isEqualTo("ACCOUNT_MOVING");
    }

    @Test
    void a_region_that_no_hall_is_known_of_is_told() {
        var name = registered("LEFT", "atlantis");

        assertThat(reason(() -> client.login().login(login(name, PASSWORD, ""))))
                .isEqualTo("REGION_UNKNOWN");
    }

    @Test
    void the_name_stays_taken_and_who_has_moved_back_is_at_home() {
        var name = registered("LEFT", GatewaySettings.ELSEWHERE);
        assertThat(reason(() -> client.register(name))).isEqualTo("NAME_TAKEN");

        state(name, "LIVE", GatewaySettings.ELSEWHERE);

        assertThat(client.login().login(login(name, PASSWORD, "")).hasSession()).isTrue();
    }

    private static LoginRequest login(String name, String password, String region) {
        return LoginRequest.newBuilder()
                .setName(name)
                .setPassword(password)
                .setRegion(region)
                .build();
    }

    private String registered(String state, String other) {
        var name = freshName();
        client.register(name);
        state(name, state, other);
        return name;
    }

    private void state(String name, String state, String other) {
        pool.preparedQuery("UPDATE account SET state = ?, other_region = ? WHERE region = ? AND name = ?")
                .execute(Tuple.of(state, other, cell.name(), name))
                .await()
                .indefinitely();
    }
}

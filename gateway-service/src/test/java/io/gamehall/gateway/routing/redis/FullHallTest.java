package io.gamehall.gateway.routing.redis;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.gamehall.gateway.routing.domain.HallLoad;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.RouteRequest;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hall that takes nobody. The board is the real one; the test is the other hall. */
@QuarkusTest
@TestProfile(FullHallTest.NoPlace.class)
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class FullHallTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OTHER = "other.hall.test:8080";
    private static final String FULL = "full.hall.test:8080";
    private static final String HERE = HallServers.servers().cell();

    private final HeldConnections redis;
    private final Client client = new Client();

    FullHallTest(HeldConnections redis) {
        this.redis = redis;
    }

    public static final class NoPlace implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    // Its own: gateways of other tests may still be on the board.
                    "gamehall.login.hall-address",
                    FULL,
                    "gamehall.routing.capacity",
                    "0",
                    "gamehall.routing.neighbours",
                    GatewaySettings.ELSEWHERE,
                    "gamehall.routing.publish",
                    "100ms");
        }
    }

    @BeforeEach
    void forgetWhatAnotherTestHasTold() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hallFor("")).isEqualTo(GatewaySettings.HALL_ELSEWHERE));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void newcomers_go_to_a_hall_of_the_region_while_one_has_space_and_then_to_the_neighbour() {
        var board = new RedisHallBoard(redis, HERE + ":halls", Duration.ofMinutes(1));
        board.publish(new HallLoad(OTHER, 3, 4)).await().atMost(PATIENCE);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hallFor("")).isEqualTo(OTHER));
        board.publish(new HallLoad(OTHER, 4, 4)).await().atMost(PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hallFor("")).isEqualTo(GatewaySettings.HALL_ELSEWHERE));

        board.publish(new HallLoad(OTHER, 0, 4)).await().atMost(PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hallFor("")).isEqualTo(OTHER));
        board.withdraw().await().atMost(PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hallFor("")).isEqualTo(GatewaySettings.HALL_ELSEWHERE));
    }

    /** All gateways of a cell are behind one address in Kubernetes. */
    @Test
    void a_full_gateway_takes_players_for_the_others_behind_its_address() {
        var board = new RedisHallBoard(redis, HERE + ":halls", Duration.ofMinutes(1));
        board.publish(new HallLoad(FULL, 3, 4)).await().atMost(PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hallFor("")).isEqualTo(FULL));
        board.publish(new HallLoad(FULL, 4, 4)).await().atMost(PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hallFor("")).isEqualTo(GatewaySettings.HALL_ELSEWHERE));

        board.withdraw().await().atMost(PATIENCE);
    }

    @Test
    void an_account_and_a_wish_are_not_for_the_neighbour() {
        var login = LoginRequest.newBuilder().setName(Client.freshName()).setPassword(Client.PASSWORD);

        var refused = catchThrowableOfType(
                StatusRuntimeException.class, () -> client.login().login(login.build()));

        assertThat(Client.info(refused).getReason()).isEqualTo("HALL_FULL");
        given().queryParam("region", HERE)
                .get("/api/route")
                .then()
                .statusCode(503)
                .body("code", equalTo("HALL_FULL"))
                .header("Retry-After", notNullValue());
    }

    @Test
    void who_has_a_session_is_welcome() {
        var events = client.events(TestTickets.player(9_300)).subscribe(SubscribeRequest.getDefaultInstance());

        assertThat(events.next().hasWelcome()).isTrue();
    }

    private String hallFor(String region) {
        return client.login()
                .route(RouteRequest.newBuilder().setRegion(region).build())
                .getHallAddress();
    }
}

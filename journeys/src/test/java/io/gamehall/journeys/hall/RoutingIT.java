package io.gamehall.journeys.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two cells with two gateways each: who belongs elsewhere, has moved, or finds the hall full, gets to the right one. */
class RoutingIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SOUTH = "shenzhen-telecom";
    private static final String NORTH = "north-america";
    private static final String ACCOUNT =
            "{\"name\":\"traveller\",\"password\":\"correct horse\",\"region\":\"" + NORTH + "\"}";

    private final HttpClient following =
            HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
    private final HttpClient standing =
            HttpClient.newBuilder().followRedirects(Redirect.NEVER).build();

    @Test
    void players_find_the_hall_of_their_region_and_one_that_has_space() throws Exception {
        try (var hall = new TestHall("routing-hall")) {
            var up = hall.up(
                    "--cells",
                    SOUTH + "," + NORTH,
                    "--replicas",
                    "gateway=2",
                    "--rooms",
                    "4",
                    "--only",
                    "room,activity,reward,gateway",
                    "--java-opts",
                    "gateway=-Dgamehall.routing.capacity=6");
            assertThat(up.code()).as(up.output()).isZero();
            var first = gateway(hall, 0, 0);
            var second = gateway(hall, 0, 1);

            // To the region, by a ticket that the other cell believes, as any HTTP client does it.
            assertThat(get(following, first, "/api/route?region=" + NORTH)
                            .path("region")
                            .asText())
                    .isEqualTo(NORTH);
            assertThat(post(first, "/api/register", ACCOUNT).path("region").asText())
                    .isEqualTo(NORTH);
            var session = post(second, "/api/login", ACCOUNT);
            assertThat(session.path("hall_address").asText()).isEqualTo(gateway(hall, 1, 0));

            // To the region's other hall, once ten streams are open on the first one, which takes six.
            var players = CompletableFuture.supplyAsync(
                    () -> hall.hallctl("swarm", "--hall", first, "--players", "10", "--seconds", "40", "--ramp", "1"));
            await("redirect by load").atMost(PATIENCE).until(() -> get(standing, first, "/api/route")
                    .path("hall_address")
                    .asText()
                    .equals(second));

            var swarm = players.get();
            assertThat(swarm.code()).as(swarm.output()).isZero();
            // When they have gone it takes players again.
            await("no redirect any more").atMost(PATIENCE).until(() -> get(standing, first, "/api/route")
                    .path("ticket")
                    .asText()
                    .isEmpty());

            // An account that was moved is found by whoever asks for it where it was.
            var player = session.path("player_id").asText();
            var move = hall.hallctl("accounts", "move", player, "--from", NORTH, "--to", SOUTH, "--settle", "1");
            assertThat(move.code()).as(move.output()).isZero();
            var moved = post(gateway(hall, 1, 0), "/api/login", ACCOUNT);
            assertThat(moved.path("region").asText()).isEqualTo(SOUTH);
            assertThat(moved.path("player_id").asText()).isEqualTo(player);
        }
    }

    private static String gateway(TestHall hall, int cell, int replica) {
        return "127.0.0.1:"
                + hall.state()
                        .at("/cells/" + cell + "/services/gateway/" + replica)
                        .asInt();
    }

    private JsonNode get(HttpClient client, String address, String path) throws Exception {
        return answer(client.send(request(address, path).GET().build(), BodyHandlers.ofString()));
    }

    private JsonNode post(String address, String path, String body) throws Exception {
        var request = request(address, path).header("content-type", "application/json");
        return answer(following.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()));
    }

    private static HttpRequest.Builder request(String address, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(PATIENCE);
    }

    private static JsonNode answer(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201, 307);
        return JSON.readTree(response.body());
    }
}

package io.gamehall.journeys.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.gamehall.v1.Event;
import io.gamehall.v1.LoginReply;
import io.gamehall.v1.Redirect;
import io.gamehall.v1.RouteReply;
import io.gamehall.v1.RouteRequest;
import io.gamehall.v1.Session;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two cells with two gateways each: whatever they believe of each other, nobody is sent in circles. */
class RedirectLoopIT {
    /** How often a player is sent on at most. */
    private static final int REDIRECTS_MAX = 3;

    /** A client's patience: far beyond what is allowed. */
    private static final int FOLLOWED_MAX = 12;

    /** Streams of each gateway. */
    private static final int CAPACITY = 2;

    private static final String SOUTH = "shenzhen-telecom";
    private static final String NORTH = "north-america";
    /** A region of which either cell believes that the other one has it. */
    private static final String MIRAGE = "atlantis";

    private static final Duration EVENTUALLY = Duration.ofSeconds(60);

    private static TestHall hall;
    private static GatewayClient south;
    private static GatewayClient south2;
    private static GatewayClient north;
    private static GatewayClient north2;

    /**
     * The way of a player who follows redirects.
     *
     * @param halls the addresses that were asked, in their order
     * @param refusal of the last one; empty: it took the player
     */
    private record Way(List<String> halls, Optional<String> refusal) {
        int redirects() {
            return halls.size() - 1;
        }
    }

    @BeforeAll
    static void start() {
        hall = new TestHall("redirect-loop-hall");
        var southern = "127.0.0.1:" + hall.port();
        int northPort = TestHall.freePort();
        var ports = Stream.of(hall.port(), TestHall.freePort(), northPort)
                .map(port -> "gateway=" + port)
                .toList();
        var northern = "127.0.0.1:" + northPort;
        var settings = "gateway=-Dgamehall.routing.capacity=" + CAPACITY + " -Dgamehall.routing.cells=" + SOUTH + "="
                + southern + "," + NORTH + "=" + northern + "," + MIRAGE + "=${mirage-of-${gamehall.cell.name}}"
                + " -Dmirage-of-" + SOUTH + "=" + northern + " -Dmirage-of-" + NORTH + "=" + southern;
        var up = hall.up(
                "--cells",
                SOUTH + "," + NORTH,
                "--replicas",
                "gateway=2",
                "--rooms",
                "1",
                "--only",
                "room,gateway",
                "--service-ports",
                String.join(",", ports),
                "--java-opts",
                settings);
        assertThat(up.code()).as(up.output()).isZero();
        south = new GatewayClient(hall.address(0, "gateway", 0));
        south2 = new GatewayClient(hall.address(0, "gateway", 1));
        north = new GatewayClient(hall.address(1, "gateway", 0));
        north2 = new GatewayClient(hall.address(1, "gateway", 1));
    }

    @AfterAll
    static void stop() {
        Stream.of(south, south2, north, north2).filter(client -> client != null).forEach(GatewayClient::close);
        hall.close();
    }

    @Test
    void two_halls_that_send_a_player_to_each_other_do_so_three_times_and_then_take_him_in() throws Exception {
        var way = follow(south, RedirectLoopIT::routeToMirage);

        assertThat(way.refusal()).isEmpty();
        assertThat(way.halls()).containsExactly(south.address(), north.address(), south.address(), north.address());

        // The same for any HTTP client.
        var request = HttpRequest.newBuilder(URI.create("http://" + south2.address() + "/api/route?region=" + MIRAGE));
        try (var browser = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            var answer = browser.send(request.timeout(EVENTUALLY).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.uri().getPort())
                    .isEqualTo(URI.create("http://" + north.address()).getPort());
        }
    }

    @Test
    void a_player_who_always_comes_back_to_the_hall_that_sent_him_on_is_taken_in_in_the_end() {
        var ticket = "";
        for (int redirects = 0; redirects < REDIRECTS_MAX; redirects++) {
            ticket = route(south, NORTH, ticket).getTicket();
            assertThat(ticket).as("after %d redirects", redirects).isNotEmpty();
        }

        assertThat(route(south, NORTH, ticket).getHallAddress()).isEqualTo(south.address());
        assertThat(route(south, NORTH, ticket).getTicket()).isEmpty();
    }

    @Test
    void a_trail_that_was_made_shorter_by_hand_is_not_believed() {
        var first = route(south, NORTH, "").getTicket();
        var second = route(south, NORTH, first).getTicket();

        // The short text with the signature of the long one.
        var forged = first.substring(0, first.indexOf('.')) + second.substring(second.indexOf('.'));

        assertThat(GatewayClient.reason(catchThrowable(() -> route(south, NORTH, forged))))
                .isEqualTo("TICKET_INVALID");
    }

    @Test
    void halls_that_are_all_full_say_so_before_a_player_comes_to_any_of_them_twice() {
        south.register("homecomer");
        var crowdOfSouth = crowd(south, "southerner");
        var crowdOfNorth = crowd(north, "northerner");
        var streams = new ArrayList<Recording<SubscribeRequest, Event>>();
        IntStream.range(0, CAPACITY).forEach(one -> {
            streams.add(south.subscribe(crowdOfSouth.get(one)));
            streams.add(south2.subscribe(crowdOfSouth.get(CAPACITY + one)));
            streams.add(north.subscribe(crowdOfNorth.get(one)));
        });
        awaitWelcomes(streams);

        // One hall of four has space: the newcomer gets there.
        await("the way to the last free hall").atMost(EVENTUALLY).untilAsserted(() -> {
            var way = follow(south, RedirectLoopIT::routeAnywhere);
            assertThat(way.refusal()).isEmpty();
            assertThat(way.halls().getLast()).isEqualTo(north2.address());
            assertWithoutRepeats(way);
        });

        IntStream.range(0, CAPACITY).forEach(one -> streams.add(north2.subscribe(crowdOfNorth.get(CAPACITY + one))));
        awaitWelcomes(streams);

        for (var first : List.of(south, south2, north, north2)) {
            var newcomer = follow(first, RedirectLoopIT::routeAnywhere);
            assertThat(newcomer.refusal()).as(newcomer.toString()).contains("HALL_FULL");
            assertWithoutRepeats(newcomer);
        }
        for (var first : List.of(south, south2)) {
            var homecomer = follow(first, RedirectLoopIT::logIn);
            assertThat(homecomer.refusal()).as(homecomer.toString()).contains("HALL_FULL");
            assertThat(homecomer.halls()).isSubsetOf(south.address(), south2.address());
            assertWithoutRepeats(homecomer);
        }

        streams.forEach(Recording::cancel);
        for (var first : List.of(south, south2, north, north2)) {
            await("space at " + first.address()).atMost(EVENTUALLY).until(() -> follow(
                            first, RedirectLoopIT::routeAnywhere)
                    .equals(new Way(List.of(first.address()), Optional.empty())));
        }
    }

    private static void assertWithoutRepeats(Way way) {
        assertThat(way.redirects()).as(way.toString()).isLessThanOrEqualTo(REDIRECTS_MAX);
        assertThat(way.halls()).doesNotHaveDuplicates();
    }

    /** Players enough to fill two halls. */
    private static List<Session> crowd(GatewayClient home, String name) {
        return IntStream.range(0, 2 * CAPACITY)
                .mapToObj(number -> home.register(name + "-" + number))
                .toList();
    }

    private static void awaitWelcomes(List<Recording<SubscribeRequest, Event>> streams) {
        await("welcomes").atMost(EVENTUALLY).until(() -> streams.stream()
                .noneMatch(stream -> stream.messages().isEmpty()));
    }

    /** @param call answered with where to go on, if the player is not right there */
    private static Way follow(GatewayClient first, BiFunction<GatewayClient, String, Optional<Redirect>> call) {
        var halls = new ArrayList<>(List.of(first.address()));
        var ticket = "";
        while (halls.size() <= FOLLOWED_MAX) {
            try {
                var redirect = call.apply(clientOf(halls.getLast()), ticket);
                if (redirect.isEmpty()) return new Way(List.copyOf(halls), Optional.empty());
                halls.add(redirect.get().getHallAddress());
                ticket = redirect.get().getTicket();
            } catch (StatusRuntimeException refused) {
                return new Way(List.copyOf(halls), Optional.of(GatewayClient.reason(refused)));
            }
        }
        throw new AssertionError("Sent in circles: " + halls);
    }

    private static Optional<Redirect> routeToMirage(GatewayClient gateway, String ticket) {
        return redirect(route(gateway, MIRAGE, ticket));
    }

    private static Optional<Redirect> routeAnywhere(GatewayClient gateway, String ticket) {
        return redirect(route(gateway, "", ticket));
    }

    private static Optional<Redirect> logIn(GatewayClient gateway, String ticket) {
        var request = GatewayClient.loginOf("homecomer").toBuilder().setTicket(ticket);
        return Optional.of(gateway.login().login(request.build()))
                .filter(LoginReply::hasRedirect)
                .map(LoginReply::getRedirect);
    }

    private static RouteReply route(GatewayClient gateway, String region, String ticket) {
        return gateway.login()
                .route(RouteRequest.newBuilder()
                        .setRegion(region)
                        .setTicket(ticket)
                        .build());
    }

    private static Optional<Redirect> redirect(RouteReply reply) {
        return Optional.of(reply).filter(to -> !to.getTicket().isEmpty()).map(to -> Redirect.newBuilder()
                .setHallAddress(to.getHallAddress())
                .setTicket(to.getTicket())
                .build());
    }

    private static GatewayClient clientOf(String address) {
        return Stream.of(south, south2, north, north2)
                .filter(client -> client.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Sent to no gateway of this hall: " + address));
    }
}

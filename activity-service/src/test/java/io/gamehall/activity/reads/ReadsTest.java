package io.gamehall.activity.reads;

import static io.gamehall.activity.Given.activity;
import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static io.gamehall.activity.Given.player;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The database hardly hears of reads, however many there are; the ledger and the refresh go on meanwhile. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class ReadsTest {
    private static final int THREADS = 16;

    @Inject
    Pool pool;

    @Inject
    MeterRegistry registry;

    @TestHTTPResource
    URI service;

    @Test
    void a_flood_of_unknown_ids_stays_far_from_the_database() throws Exception {
        var before = statements();

        burst(10_000, 404, number -> "/api/activities/unknown-" + number);

        assertThat(statements() - before).as("statements for 10,000 reads").isLessThan(100);
    }

    @Test
    void a_burst_of_reads_is_answered_from_memory() throws Exception {
        var id = activity("burst");
        var all = reads(null);
        var database = reads("database");
        var redis = reads("redis");
        var before = statements();

        burst(4_000, 200, number -> switch (number % 8) {
            case 0 -> "/api/activities?limit=5";
            case 1 -> "/api/activities/" + id + "/joins/me";
            default -> "/api/activities/" + id;
        });

        assertThat(statements() - before).as("statements for 4,000 reads").isLessThan(40);
        var read = reads(null) - all;
        assertThat(read).isGreaterThanOrEqualTo(4_000);
        assertThat((reads("database") - database) / read)
                .as("share of the database")
                .isLessThan(0.01);
        assertThat((reads("redis") - redis) / read).as("share of Redis").isLessThan(0.5);
    }

    @Test
    void of_an_activity_that_nobody_has_joined_a_player_has_no_joins() {
        player(newPlayer())
                .get("/api/activities/" + activity("fresh") + "/joins/me")
                .then()
                .statusCode(200)
                .body("joins", hasSize(0));
    }

    @Test
    void a_players_join_is_seen_at_once_though_it_was_known_that_there_was_none() {
        var id = activity("mine");
        var player = newPlayer();
        for (var times = 0; times < 3; times++) {
            player(player).get("/api/activities/" + id + "/joins/me").then().body("joins", hasSize(0));
        }

        join(player, id).statusCode(201);

        player(player).get("/api/activities/" + id + "/joins/me").then().body("joins[0].ordinal", equalTo(1));
    }

    private void burst(int reads, int status, IntFunction<String> path) throws Exception {
        var token = "Bearer " + TestTickets.player(newPlayer());
        var answers = new ArrayList<Future<Integer>>();
        try (var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var number = 0; number < reads; number++) {
                var request = HttpRequest.newBuilder(service.resolve(path.apply(number)))
                        .header("authorization", token)
                        .build();
                answers.add(threads.submit(
                        () -> client.send(request, BodyHandlers.discarding()).statusCode()));
            }
            for (var answer : answers) assertThat(answer.get()).isEqualTo(status);
        }
    }

    /** As the database has counted them, for all of its clients. */
    private long statements() {
        var rows = pool.query("SHOW GLOBAL STATUS LIKE 'Questions'").executeAndAwait();
        return Long.parseLong(rows.iterator().next().getString(1));
    }

    private double reads(String source) {
        return registry.find("gamehall.activity.reads").counters().stream()
                .filter(counter ->
                        source == null || source.equals(counter.getId().getTag("source")))
                .mapToDouble(Counter::count)
                .sum();
    }
}

package io.gamehall.journeys.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@code hall up} promises when things die: it cleans up, and nothing under {@code --data} is lost. */
class CrashIT {
    private static final Duration EVENTUALLY = Duration.ofSeconds(30);
    private static final String ACCOUNT = "{\"name\":\"survivor\",\"password\":\"correct horse\"}";

    @Test
    void a_start_after_kill_9_of_everything_loses_nothing() {
        try (var hall = new TestHall("crash-hall")) {
            var first = hall.up("--rooms", "4");
            assertThat(first.code()).as(first.output()).isZero();
            var token = hall.call("POST", hall.url("gateway") + "/api/register", "", ACCOUNT, 200, 201)
                    .path("token")
                    .asText();
            var join = hall.call("POST", hall.url("activity") + "/api/activities/welcome/joins", token, "", 201);
            awaitGrantOf(hall, token, join.path("join_id").asText());
            var joined = hall.call("GET", hall.url("gateway") + "/api/rooms", token, "", 200);

            var pids = hall.pids();
            pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            await().atMost(EVENTUALLY).until(() -> PlayersIT.alive(pids).isEmpty());
            var second = hall.up("--rooms", "4");

            assertThat(second.code()).as(second.output()).isZero();
            var again = hall.call("POST", hall.url("gateway") + "/api/login", "", ACCOUNT, 200)
                    .path("token")
                    .asText();
            awaitGrantOf(hall, again, join.path("join_id").asText());
            // Redis kept the mark: the same join is answered again instead of a second one being given.
            var repeated = hall.call("POST", hall.url("activity") + "/api/activities/welcome/joins", again, "", 200);
            assertThat(repeated.path("join_id")).isEqualTo(join.path("join_id"));
            assertThat(hall.call("GET", hall.url("gateway") + "/api/rooms", again, "", 200)
                            .path("rooms")
                            .size())
                    .isEqualTo(joined.path("rooms").size())
                    .isPositive();
        }
    }

    @Test
    void a_port_that_is_taken_is_told_before_anything_starts() throws Exception {
        try (var hall = new TestHall("taken-hall");
                var squatter = new ServerSocket(hall.port(), 1, InetAddress.getLoopbackAddress())) {
            var up = hall.up();

            assertThat(up.code()).isNotZero();
            assertThat(up.output()).contains(Integer.toString(squatter.getLocalPort()));
            assertThat(up.output()).doesNotContain("\tat ");
        }
    }

    private static void awaitGrantOf(TestHall hall, String token, String joinId) {
        await().atMost(EVENTUALLY).untilAsserted(() -> {
            var grants = hall.call("GET", hall.url("reward") + "/api/grants/me", token, "", 200);
            assertThat(TestHall.elements(grants.path("grants")))
                    .as(grants.toString())
                    .anySatisfy(grant ->
                            assertThat(grant.path("source_id").asText()).isEqualTo(joinId));
        });
    }
}

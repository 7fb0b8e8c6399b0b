package io.gamehall.gateway.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** What the gateway needs beside {@code HallServers}, with times that suit tests. */
public final class GatewaySettings implements QuarkusTestResourceLifecycleManager {
    public static final String HALL_ADDRESS = "hall.test:8080";
    public static final String ELSEWHERE = "north-america";
    public static final String HALL_ELSEWHERE = "hall.elsewhere.test:8080";
    public static final String ADMIN = "the-admin";
    public static final int ADDRESS_STREAMS_MAX = 3;
    public static final int ADDRESS_CONNECTIONS_MAX = 4;
    /** Whose scripts may call. */
    public static final String ALLOWED_ORIGIN = "http://lobby.test";

    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("gamehall.login.bcrypt-cost", "4"),
                Map.entry("gamehall.login.hall-address", HALL_ADDRESS),
                Map.entry("gamehall.login.activity-url", "http://activity.test"),
                Map.entry("gamehall.login.reward-url", "http://reward.test"),
                Map.entry("gamehall.routing.cells", ELSEWHERE + "=" + HALL_ELSEWHERE),
                Map.entry("gamehall.login.admins", ADMIN),
                Map.entry("gamehall.login.address-registrations-max", "3000"),
                Map.entry("gamehall.login.refresh-min", "0s"),
                Map.entry("quarkus.http.cors.origins", ALLOWED_ORIGIN),
                Map.entry("gamehall.limits.address", "1/40"),
                Map.entry("gamehall.limits.address-streams-max", Integer.toString(ADDRESS_STREAMS_MAX)),
                Map.entry("gamehall.limits.exempt", "127.0.0.1"),
                Map.entry("gamehall.connections.address-max", Integer.toString(ADDRESS_CONNECTIONS_MAX)),
                Map.entry("gamehall.connections.first-request", "3s"),
                Map.entry("gamehall.connections.request", "5s"),
                Map.entry("gamehall.connections.sweep", "500ms"),
                Map.entry("gamehall.directory.entry-wait", "60s"),
                Map.entry("gamehall.events.keep-alive", "1s"),
                Map.entry("gamehall.events.keep-alive-retry", "100ms"),
                Map.entry("gamehall.events.queue-max", "64"),
                Map.entry("gamehall.session.touch", "1s"),
                Map.entry("gamehall.entry.claim-margin", "3s"),
                Map.entry("gamehall.play.deadline", "2s"),
                Map.entry("gamehall.routing.trusted-proxies", "127.0.0.1"),
                Map.entry("gamehall.routing.table", "src/test/resources/regions.txt"));
    }

    @Override
    public void stop() {}
}

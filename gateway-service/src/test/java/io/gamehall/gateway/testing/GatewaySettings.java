package io.gamehall.gateway.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** What the gateway needs beside {@code HallServers}, with times that suit tests. */
public final class GatewaySettings implements QuarkusTestResourceLifecycleManager {
    public static final String HALL_ADDRESS = "hall.test:8080";
    public static final String ELSEWHERE = "north-america";
    public static final String HALL_ELSEWHERE = "hall.elsewhere.test:8080";
    public static final String ADMIN = "the-admin";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "gamehall.login.bcrypt-cost", "4",
                "gamehall.login.hall-address", HALL_ADDRESS,
                "gamehall.login.activity-url", "http://activity.test",
                "gamehall.login.reward-url", "http://reward.test",
                "gamehall.login.cells", ELSEWHERE + "=" + HALL_ELSEWHERE,
                "gamehall.login.admins", ADMIN,
                "gamehall.events.keep-alive", "1s",
                "gamehall.events.keep-alive-retry", "100ms",
                "gamehall.events.queue-max", "64",
                "gamehall.play.deadline", "2s");
    }

    @Override
    public void stop() {}
}

package io.gamehall.hallctl.drill.joins;

import io.gamehall.hallctl.servers.KafkaBroker;
import java.time.Duration;

/** What goes wrong while players join. */
public enum JoinFault {
    /** D5: whatever it has in hand, between Redis and Kafka too, is left behind. */
    ACTIVITY_KILL("kill -9 activity-service under load, and start it again, several times") {
        @Override
        boolean strike(JoinScene scene, Plan plan) throws Exception {
            boolean recovered = true;
            for (int kill = 1; kill <= plan.kills() && recovered; kill++) {
                var ended = scene.kill("activity");
                scene.hall().startAgain("activity", ended);
                recovered = scene.awaitGrants(System.nanoTime(), RECOVERY_SECONDS_MAX);
                // Under load again, with as much in hand as before.
                Thread.sleep(BETWEEN_KILLS);
            }
            return recovered;
        }
    },

    /** D6: counters and marks are gone; joins must not reopen before they are rebuilt. */
    REDIS_RESTART("kill -9 Redis and start it again empty") {
        @Override
        boolean strike(JoinScene scene, Plan plan) throws Exception {
            var ended = scene.kill("redis");
            KafkaBroker.deleteTree(scene.data("redis"));
            scene.hall().startAgain("redis", ended);
            return scene.awaitGrants(System.nanoTime(), RECOVERY_SECONDS_MAX);
        }
    },

    /** D7: joins are refused clearly, and resume by themselves. */
    KAFKA_RESTART("kill -9 the broker, and start it again a little later") {
        @Override
        boolean strike(JoinScene scene, Plan plan) throws Exception {
            var ended = scene.kill("kafka");
            Thread.sleep(plan.away());
            scene.hall().startAgain("kafka", ended);
            return scene.awaitGrants(System.nanoTime(), RECOVERY_SECONDS_MAX);
        }
    };

    private static final long RECOVERY_SECONDS_MAX = 60;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(3);

    private final String story;

    JoinFault(String story) {
        this.story = story;
    }

    /**
     * How it strikes.
     *
     * @param kills of activity-service
     * @param away for how long the broker is not started again
     */
    public record Plan(int kills, Duration away) {}

    /** As in {@code hall drill NAME}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    String story() {
        return story;
    }

    /** Whether players' connections are cut by it: then a call without any answer is no wonder. */
    boolean cutsConnections() {
        return this == ACTIVITY_KILL;
    }

    /**
     * Does the damage, has it mended, and waits until joins are granted again.
     *
     * @return whether they are
     */
    abstract boolean strike(JoinScene scene, Plan plan) throws Exception;
}

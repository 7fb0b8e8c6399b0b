package io.gamehall.hallctl.drill.rewards;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** What goes wrong while facts become rewards. */
public enum RewardFault {
    /** D9: whatever it has in hand is left behind, before and after the commit. */
    REWARD_KILL("kill -9 reward-service in the middle of batches, and start it again, several times") {
        @Override
        boolean strike(RewardScene scene, Plan plan) throws Exception {
            boolean recovered = true;
            for (int kill = 1; kill <= plan.times() && recovered; kill++) {
                // A backlog, so that there is a batch at whatever moment it dies.
                scene.load().burst(BACKLOG);
                Thread.sleep(ThreadLocalRandom.current().nextLong(KILL_WITHIN_MS));
                var ended = scene.hall().kill(PROCESS);
                scene.hall().startAgain(PROCESS, ended);
                recovered = scene.awaitEffects(System.nanoTime(), RECOVERY_SECONDS_MAX);
                Thread.sleep(BETWEEN);
            }
            return recovered;
        }
    },

    /** D8: facts wait, readiness says so, and all of it is made up for. */
    DB_RESTART("kill -9 MariaDB, and start it again a little later") {
        @Override
        boolean strike(RewardScene scene, Plan plan) throws Exception {
            var ended = scene.hall().kill("mariadb");
            boolean told = scene.await(
                    () -> {
                        var says = scene.readiness();
                        return !says.ready() && says.body().contains(WAITS);
                    },
                    READINESS_SECONDS_MAX);
            scene.say().accept(told ? "  readiness says that facts wait" : "  readiness does NOT say that facts wait");
            Thread.sleep(plan.away());
            scene.hall().startAgain("mariadb", ended);
            boolean flows = scene.awaitEffects(System.nanoTime(), RECOVERY_SECONDS_MAX);
            boolean ready = scene.await(() -> scene.readiness().ready(), READINESS_SECONDS_MAX);
            if (!ready) scene.say().accept("  readiness does NOT say that they flow again");
            return told && flows && ready;
        }
    },

    /** D10: what nobody can use is set aside, and nothing else happens. */
    POISON("records that cannot be read, or make no sense, among the others in every topic") {
        @Override
        boolean strike(RewardScene scene, Plan plan) throws Exception {
            boolean recovered = true;
            for (int time = 1; time <= plan.times() && recovered; time++) {
                scene.poison().tellAll();
                recovered = scene.awaitEffects(System.nanoTime(), RECOVERY_SECONDS_MAX);
                Thread.sleep(plan.away());
            }
            return recovered && scene.await(() -> scene.readiness().ready(), READINESS_SECONDS_MAX);
        }
    };

    private static final String PROCESS = "reward";
    /** Of the answer of readiness. */
    private static final String WAITS = "waits since";

    private static final long RECOVERY_SECONDS_MAX = 60;
    private static final long READINESS_SECONDS_MAX = 45;
    private static final int BACKLOG = 10_000;
    private static final long KILL_WITHIN_MS = 500;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final String story;

    RewardFault(String story) {
        this.story = story;
    }

    /**
     * How it strikes.
     *
     * @param times how often
     * @param away for how long the database is not started again; how long between two piles of poison
     */
    public record Plan(int times, Duration away) {}

    /** As in {@code hall drill NAME}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String story() {
        return story;
    }

    /**
     * Does the damage, has it mended, and waits until facts have effects again.
     *
     * @return whether they have, and whether the service said what it had to say
     */
    abstract boolean strike(RewardScene scene, Plan plan) throws Exception;
}

package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.process.Stopper;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** D3: SIGTERM under load, as in a rolling update. */
public final class OwnerDrain extends OwnerFault {
    /** Kubernetes' default patience with a pod that is asked to stop. */
    private static final Duration EXIT_MAX = Duration.ofSeconds(30);

    private double exitMs;

    @Override
    public String name() {
        return "owner-drain";
    }

    @Override
    public String story() {
        return "SIGTERM one of two room-service processes, wait for its end, and start it again";
    }

    @Override
    public Duration outageFloor() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration outageGoal() {
        return Duration.ofMillis(300);
    }

    @Override
    public boolean strike(Scene scene) {
        long struck = System.nanoTime();
        handle().destroy();
        var alive = Stopper.awaitEnd(List.of(process()), EXIT_MAX);
        exitMs = (System.nanoTime() - struck) / 1e6;
        scene.say().accept("  it %s after %.1f s".formatted(alive.isEmpty() ? "ended" : "still ran", exitMs / 1_000));
        return alive.isEmpty() && scene.awaitAnswers(affected(), System.nanoTime(), RECOVERY_SECONDS_MAX);
    }

    @Override
    public void heal(Scene scene) throws Exception {
        Stopper.stop(List.of(process()), Duration.ZERO);
        scene.hall().startAgain(processName(), process());
    }

    @Override
    public Map<String, Object> figures() {
        return Map.of("exit_ms", exitMs);
    }
}

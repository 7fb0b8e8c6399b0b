package io.gamehall.hallctl.drill.fault;

import java.time.Duration;

/** D1: kill -9. */
public final class OwnerKill extends OwnerFault {
    @Override
    public String name() {
        return "owner-kill";
    }

    @Override
    public String story() {
        return "kill -9 one of two room-service processes, and start it again later";
    }

    @Override
    public Duration outageFloor() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration outageGoal() {
        return Duration.ofSeconds(3);
    }

    @Override
    public boolean strike(Scene scene) {
        var victim = handle();
        long struck = System.nanoTime();
        victim.destroyForcibly();
        return scene.awaitAnswers(affected(), struck, RECOVERY_SECONDS_MAX);
    }

    @Override
    public void heal(Scene scene) throws Exception {
        scene.hall().startAgain(processName(), process());
    }
}

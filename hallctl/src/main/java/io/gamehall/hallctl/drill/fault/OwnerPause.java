package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.drill.check.JournalTrace;
import io.gamehall.hallctl.process.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** D2: SIGSTOP until its partitions have moved, then SIGCONT: the stale owner must answer nobody wrongly. */
public final class OwnerPause extends OwnerFault {
    private static final Duration PROBES_BEFORE = Duration.ofMillis(300);
    private static final Duration PROBES_AFTER = Duration.ofMillis(1_500);

    private final Duration pause;
    private long stoppedNanos;
    private boolean moved;
    private StaleOwnerProbe probe;

    public OwnerPause(Duration pause) {
        this.pause = pause;
    }

    @Override
    public String name() {
        return "owner-pause";
    }

    @Override
    public String story() {
        return "SIGSTOP one of two room-service processes for %d s, then SIGCONT".formatted(pause.toSeconds());
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
    public void prepare(Scene scene) throws Exception {
        super.prepare(scene);
        probe = StaleOwnerProbe.prepare(scene, endpoint(), instance(), affected());
    }

    @Override
    public boolean strike(Scene scene) throws Exception {
        var victim = handle();
        stoppedNanos = System.nanoTime();
        Signals.stop(victim);
        moved = scene.awaitAnswers(affected(), stoppedNanos, pause.toSeconds());
        if (moved) probe.membersLeave();
        awaitPauseEnd(PROBES_BEFORE);
        return moved;
    }

    @Override
    public void heal(Scene scene) throws Exception {
        // What waits in the sockets of a stopped process is what it looks at first.
        if (moved) probe.start();
        awaitPauseEnd(Duration.ZERO);
        Signals.goOn(handle());
        Thread.sleep(PROBES_AFTER);
        probe.stop();
        scene.say().accept("  " + probe.summary());
    }

    private void awaitPauseEnd(Duration before) throws InterruptedException {
        long left = stoppedNanos + pause.minus(before).toNanos() - System.nanoTime();
        if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
    }

    @Override
    public List<String> judge(JournalTrace journal) {
        return probe.judge(journal);
    }

    @Override
    public Map<String, Object> figures() {
        return probe.figures();
    }
}

package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.facts.FactProducer;
import io.gamehall.hallctl.facts.FactScript;
import io.gamehall.hallctl.facts.NoticeEar;
import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.load.Latencies;
import io.gamehall.hallctl.process.Stopper;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Facts at an even pace, and how long each takes from the instant at which it was meant to be told until its player's
 * notice can be read: then its effect is committed. A backlog's latency would only say how long the backlog is.
 */
final class RewardPace {
    private static final long NOTICES_SECONDS_MAX = 60;
    private static final long LOOK_MS = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(200);

    private final HallUnderTest hall;
    private final FactProducer producer;
    private final FactScript script;
    private final int rate;
    private final Latencies latencies = new Latencies();
    private final BitSet heard = new BitSet();
    private volatile long startNanos;
    private long told;

    RewardPace(HallUnderTest hall, FactProducer producer, FactScript script, int rate) {
        this.hall = hall;
        this.producer = producer;
        this.script = script;
        this.rate = rate;
    }

    /** What came of it. */
    record Seen(Latencies latencies, long told) {
        void into(Figures figures) {
            figures.with("visible_p50_ms", latencies.percentileMs(50))
                    .with("visible_p99_ms", latencies.percentileMs(99))
                    .with("paced_facts", told)
                    .with("notices_missing", told - latencies.count());
        }
    }

    Seen run(Duration lasts) {
        try (var _ = new NoticeEar(hall.bootstrap(), hall.cell().name(), this::hear)) {
            startNanos = System.nanoTime();
            long due = lasts.toNanos() / (SECOND / rate);
            while (told < due) {
                long now = System.nanoTime();
                while (told < due && intended(told) - now <= 0) producer.send(script.at(told++));
                LockSupport.parkNanos(NAP);
            }
            producer.flush();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(NOTICES_SECONDS_MAX);
            while (latencies.count() < told && System.nanoTime() < until) Stopper.pause(LOOK_MS);
        }
        return new Seen(latencies, told);
    }

    /** Facts sent, of the numbers from 0 on. */
    long told() {
        return told;
    }

    private long intended(long number) {
        return startNanos + number * (SECOND / rate);
    }

    /** In the ear's thread alone. */
    private void hear(String fact, byte[] notice) {
        if (!script.tells(fact)) return;
        long number = script.numberOf(fact);
        // Notices come at least once.
        if (heard.get((int) number)) return;
        heard.set((int) number);
        latencies.record(System.nanoTime() - intended(number));
    }
}

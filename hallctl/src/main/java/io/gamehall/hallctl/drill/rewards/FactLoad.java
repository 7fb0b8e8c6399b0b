package io.gamehall.hallctl.drill.rewards;

import io.gamehall.hallctl.drill.hall.DrillHall;
import io.gamehall.hallctl.facts.FactProducer;
import io.gamehall.hallctl.facts.FactScript;
import io.gamehall.hallctl.facts.NoticeEar;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Tells facts at an even pace, some of them once more, and hears what players are told of them. */
final class FactLoad implements AutoCloseable {
    private static final int ONCE_MORE_OF = 20;
    /** So much later: not in the same batch, and often by another process. */
    private static final int LATER = 1_000;

    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(500);

    private final FactScript script;
    private final int rate;
    private final FactProducer producer;
    private final Heard heard = new Heard();
    private final NoticeEar ear;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong onceMore = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("facts").unstarted(this::tell);
    private volatile boolean over;

    /** @param rate facts per second */
    FactLoad(DrillHall hall, FactScript script, int rate) {
        this.script = script;
        this.rate = rate;
        producer = new FactProducer(hall.kafka(), hall.cell());
        ear = new NoticeEar(hall.kafka(), hall.cell(), (fact, notice) -> {
            if (script.tells(fact)) heard.hear(fact, notice);
        });
    }

    void start() {
        thread.start();
    }

    private void tell() {
        long start = System.nanoTime();
        for (long paced = 0; !over; paced++) {
            long at = start + paced * (TimeUnit.SECONDS.toNanos(1) / rate);
            while (!over && at - System.nanoTime() > 0) LockSupport.parkNanos(NAP);
            tellOne();
        }
    }

    private void tellOne() {
        long number = next.getAndIncrement();
        producer.send(script.at(number));
        if (number % ONCE_MORE_OF == 0 && number >= LATER) {
            producer.send(script.at(number - LATER));
            onceMore.incrementAndGet();
        }
    }

    /** Tells so many at once, beside the pace. */
    void burst(int facts) {
        for (int i = 0; i < facts; i++) tellOne();
    }

    /** Nothing more is told; returns when Kafka has all of it. */
    void stop() throws InterruptedException {
        over = true;
        thread.join();
        producer.flush();
    }

    FactScript script() {
        return script;
    }

    /** Those of the numbers from 0 on, each once or more. */
    long told() {
        return next.get();
    }

    long toldOnceMore() {
        return onceMore.get();
    }

    Heard heard() {
        return heard;
    }

    @Override
    public void close() {
        over = true;
        ear.close();
        producer.close();
    }
}

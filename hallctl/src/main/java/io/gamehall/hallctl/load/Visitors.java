package io.gamehall.hallctl.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Players who look at an activity and join it, each once, at an even pace and over a few connections of their own
 * addresses. Latency counts from when a request was meant to be sent.
 */
public final class Visitors implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int PER_SECOND_EACH = 5;
    /** What all of them ask together. */
    public static final int PER_SECOND = CONNECTIONS * PER_SECOND_EACH;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long END_MS_MAX = 15_000;

    private final String service;
    private final String activity;
    private final LongFunction<String> tokens;
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong players = new AtomicLong();
    private volatile Turn turn = new Turn(PER_SECOND_EACH, new Latencies());
    private volatile boolean over;

    /** What all of them do for a while. */
    private record Turn(int perSecondEach, Latencies latencies) {}

    /**
     * @param service {@code host:port} of activity-service
     * @param tokens of the players, numbered from 0
     */
    public Visitors(String service, String activity, LongFunction<String> tokens) {
        this.service = service;
        this.activity = activity;
        this.tokens = tokens;
    }

    /** Begins. */
    public void start() {
        var sources = Sources.loopback(1);
        for (int number = 0; number < CONNECTIONS; number++) {
            var http = new PlainHttp(service, sources.of(number), TIMEOUT);
            threads.add(Thread.ofPlatform().daemon().name("visitors-" + number).start(() -> visit(http)));
        }
    }

    /** Of what is to be asked from now on, until this is called again. What could not be asked in time before is let go. */
    public Latencies measure() {
        return measure(1);
    }

    /** The same, with so many times the usual requests: what warms up has to be asked often. */
    public Latencies measure(int times) {
        var latencies = new Latencies();
        turn = new Turn(times * PER_SECOND_EACH, latencies);
        return latencies;
    }

    private void visit(PlainHttp http) {
        Turn present = null;
        Pace pace = null;
        try (http) {
            for (long request = 0; !over; request++) {
                if (present != turn) {
                    present = turn;
                    pace = new Pace(present.perSecondEach(), System.nanoTime());
                    request = 0;
                }
                long meant = pace.intended(request);
                // One signature for each join; not while the clock runs.
                var token = tokens.apply(players.getAndIncrement());
                for (long wait = meant - System.nanoTime(); wait > 0 && !over; wait = meant - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                if (!over) ask(http, request % 2 == 0, token, meant, present.latencies());
            }
        }
    }

    private void ask(PlainHttp http, boolean joins, String token, long meantNanos, Latencies latencies) {
        try {
            var path = "/api/activities/" + activity;
            int status = joins ? http.send("POST", path + "/joins", token) : http.send("GET", path, token);
            latencies.record(System.nanoTime() - meantNanos);
            if (status / 100 != 2) failed("HTTP " + status);
        } catch (IOException broken) {
            latencies.record(System.nanoTime() - meantNanos);
            failed(broken.getClass().getSimpleName());
        }
    }

    private void failed(String how) {
        errors.computeIfAbsent(how, any -> new LongAdder()).increment();
    }

    /** Requests that were refused or not answered, by reason. */
    public Map<String, Long> errors() {
        var all = new TreeMap<String, Long>();
        errors.forEach((reason, number) -> all.put(reason, number.sum()));
        return all;
    }

    /** Those that have come since the others were told. */
    public Map<String, Long> errorsSince(Map<String, Long> before) {
        return since(before, errors());
    }

    static Map<String, Long> since(Map<String, Long> before, Map<String, Long> now) {
        var since = new TreeMap<>(now);
        before.forEach((reason, number) -> since.merge(reason, -number, Long::sum));
        since.values().removeIf(number -> number == 0);
        return since;
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MS_MAX);
        for (var thread : threads) {
            LockSupport.unpark(thread);
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        }
    }
}

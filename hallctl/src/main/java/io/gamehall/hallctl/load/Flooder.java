package io.gamehall.hallctl.load;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * One client that asks for far more than its share: with one session, from one address, of the gateway and of
 * activity-service at once. Calls and joins at a rate, activities that do not exist, and {@link Junk}. It waits for no
 * answer before it sends the next, but for the number of its connections. Few threads, so that the machine is the hall's.
 */
public final class Flooder implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int CALLS_AT_ONCE_MAX = 500;
    private static final int JUNK_PER_SECOND = 20;
    private static final int HTTP_CONNECTIONS = 4;
    /** An address that no other client of this machine has. */
    private static final Sources FLOOD = line -> Sources.loopback(1).of(60_000);

    private final String gateway;
    private final String activity;
    private final Player player;
    private final Lines lines = new Lines(2, FLOOD);
    private final GatewayCalls calls;
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final AtomicInteger onTheirWay = new AtomicInteger();
    private final LongAdder sent = new LongAdder();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * @param gateway {@code host:port}
     * @param activity {@code host:port} of activity-service
     * @param player with a good token; tries to play in its room
     */
    public Flooder(String gateway, String activity, Player player) {
        this.gateway = gateway;
        this.activity = activity;
        this.player = player;
        this.calls = new GatewayCalls(lines, List.of(gateway));
    }

    /** One thing to send. */
    @FunctionalInterface
    private interface Blow {
        void strike(long number) throws IOException;
    }

    /**
     * Begins, and goes on until it is closed.
     *
     * @param perSecond calls of the gateway, and as many joins
     * @param unknownPerSecond requests for activities that do not exist, each for another one
     */
    public void start(int perSecond, int unknownPerSecond) {
        begin("calls", perSecond, this::call);
        for (int part = 0; part < HTTP_CONNECTIONS; part++) {
            var joins = http(activity);
            begin(
                    "joins",
                    Math.max(1, perSecond / HTTP_CONNECTIONS),
                    number -> rest(joins, "join", "POST", "/api/activities/welcome/joins"));
            var unknown = http(activity);
            int mine = part;
            begin(
                    "unknown",
                    Math.max(1, unknownPerSecond / HTTP_CONNECTIONS),
                    number -> unknown(unknown, number * HTTP_CONNECTIONS + mine));
        }
        var junk = new ArrayList<Map.Entry<String, Junk>>();
        Junk.rest(activity, "/api/activities/welcome/joins", player.token())
                .forEach(it -> junk.add(Map.entry(activity, it)));
        Junk.rest(gateway, "/api/login", player.token()).forEach(it -> junk.add(Map.entry(gateway, it)));
        Junk.grpc(gateway, player.token()).forEach(it -> junk.add(Map.entry(gateway, it)));
        begin("junk", JUNK_PER_SECOND, number -> {
            var next = junk.get((int) (number % junk.size()));
            junk(next.getKey(), next.getValue());
        });
    }

    private void begin(String name, int perSecond, Blow blow) {
        threads.add(Thread.ofPlatform().daemon().name("flood-" + name).start(() -> flood(name, perSecond, blow)));
    }

    private void flood(String name, int perSecond, Blow blow) {
        var pace = new Pace(perSecond, System.nanoTime());
        for (long number = 0; !over.get(); number++) {
            for (long wait = pace.intended(number) - System.nanoTime();
                    wait > 0 && !over.get();
                    wait = pace.intended(number) - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            try {
                blow.strike(number);
                sent.increment();
            } catch (IOException broken) {
                count(name + ": " + broken.getClass().getSimpleName());
            }
        }
    }

    private void call(long number) {
        if (onTheirWay.get() >= CALLS_AT_ONCE_MAX) {
            count("call: not sent, " + CALLS_AT_ONCE_MAX + " are unanswered");
            return;
        }
        onTheirWay.incrementAndGet();
        Answer.Sink<Void> done = answer -> {
            onTheirWay.decrementAndGet();
            count("call: " + (answer instanceof Answer.Not<Void> not ? not.why().reason() : "OK"));
        };
        var id = "flood-" + number;
        switch ((int) (number % 4)) {
            case 0 -> calls.enter(player, id, entered -> done.answered(entered.map(reply -> null)));
            case 1 -> calls.quickJoin(player, id, done);
            case 2 -> calls.stand(player, id, done);
            default -> calls.say(player, "flood " + number, id, done);
        }
    }

    private void unknown(PlainHttp http, long number) throws IOException {
        var path = "/api/activities/unknown-" + number;
        if (number % 2 == 0) rest(http, "unknown", "GET", path);
        else rest(http, "unknown", "POST", path + "/joins");
    }

    private void rest(PlainHttp http, String name, String method, String path) throws IOException {
        count(name + ": HTTP " + http.send(method, path, player.token()));
    }

    private void junk(String target, Junk junk) {
        try (var http = http(target)) {
            try {
                http.write(junk.bytes());
            } catch (IOException refusedInTheMiddle) {
                // What it said before it hung up may still be there.
            }
            int status = http.firstStatus();
            count("junk: " + (status == 0 ? "cut off" : "HTTP " + status));
            if (status >= 500) count("junk answered with HTTP " + status + ": " + junk.name());
        } catch (SocketTimeoutException silent) {
            count("junk: no answer");
        } catch (IOException cut) {
            count("junk: cut off");
        }
    }

    private static PlainHttp http(String target) {
        SocketAddress from = FLOOD.of(0);
        return new PlainHttp(target, from, TIMEOUT);
    }

    private void count(String what) {
        answers.computeIfAbsent(what, any -> new LongAdder()).increment();
    }

    /** Everything that was sent. */
    public long sent() {
        return sent.sum();
    }

    /** What became of it, by kind and answer. */
    public Map<String, Long> answers() {
        var all = new TreeMap<String, Long>();
        answers.forEach((what, number) -> all.put(what, number.sum()));
        return all;
    }

    @Override
    public void close() throws InterruptedException {
        over.set(true);
        threads.forEach(LockSupport::unpark);
        for (var thread : threads) thread.join(2 * TIMEOUT.toMillis());
        lines.close();
    }
}

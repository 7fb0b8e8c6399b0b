package io.gamehall.hallctl.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Requests without a body, each with the token of another player, over a bounded number of connections. One object for
 * one run. All of it happens on the thread of the connections, which the load's own timer wakes.
 */
public final class HttpLoad {
    private static final long TICK_MICROS = 500;
    private static final long BREATH_MS = 20;
    private static final long PATIENCE_SECONDS = 15;

    private final HttpLines lines;
    private final Ask ask;
    private final HttpTally tally;
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);
    /** Numbers of the connections that wait for a turn of a paced load. */
    private final ArrayDeque<Integer> free = new ArrayDeque<>();

    private final HttpLine.Sink[] sinks;
    private final byte[][] heads;
    private final byte[] tail;
    private final long[] startedNanos;
    private long next;
    private int onTheirWay;
    private boolean closed;
    private boolean ended;
    private long startNanos;
    private volatile long due;

    /**
     * What is asked: everybody asks for the first path, then everybody for the next one.
     *
     * @param tokens of the players, in ASCII
     * @param wanted the status of what is granted
     */
    public record Ask(String method, List<String> paths, List<byte[]> tokens, int wanted) {
        long size() {
            return (long) paths.size() * tokens.size();
        }

        byte[] head(int path) {
            return (method + " " + paths.get(path) + " HTTP/1.1\r\nHost: gamehall\r\nAuthorization: Bearer ")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        byte[] tail() {
            return (method.equals("POST") ? "\r\nContent-Length: 0\r\n\r\n" : "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    public HttpLoad(HttpLines lines, Ask ask) {
        this.lines = lines;
        this.ask = ask;
        this.tally = new HttpTally(ask.wanted());
        this.heads = new byte[ask.paths().size()][];
        for (int path = 0; path < heads.length; path++) heads[path] = ask.head(path);
        this.tail = ask.tail();
        this.startedNanos = new long[lines.lines().size()];
        this.sinks = new HttpLine.Sink[startedNanos.length];
        for (int line = 0; line < sinks.length; line++) sinks[line] = sink(line);
    }

    /** As fast as answers come, until everything is asked or the time is over. */
    public HttpTally runClosed(Duration lasts) throws InterruptedException {
        lines.loop().execute(() -> {
            closed = true;
            startNanos = System.nanoTime();
            for (int line = 0; line < sinks.length && next < ask.size(); line++) start(line, startNanos);
        });
        over.await(lasts.toNanos(), TimeUnit.NANOSECONDS);
        return settle();
    }

    /**
     * At an even rate, whatever the answers do: a request counts from when it was meant to be sent, and waits for a
     * connection if none is free.
     */
    public HttpTally runPaced(Duration lasts, int perSecond) throws InterruptedException {
        var pace = new Pace(perSecond, System.nanoTime());
        startNanos = pace.startNanos();
        lines.loop().execute(() -> {
            for (int line = 0; line < sinks.length; line++) free.add(line);
        });
        ScheduledFuture<?> ticks =
                lines.loop().scheduleAtFixedRate(() -> tick(pace), TICK_MICROS, TICK_MICROS, TimeUnit.MICROSECONDS);
        try {
            over.await(lasts.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            ticks.cancel(false);
        }
        due = Math.min(ask.size(), pace.due(startNanos + lasts.toNanos()));
        return settle();
    }

    private void tick(Pace pace) {
        long until = Math.min(ask.size(), pace.due(System.nanoTime()));
        while (!ended && next < until && !free.isEmpty()) {
            start(free.poll(), pace.intended(next));
        }
        if (next == ask.size() && onTheirWay == 0) over.countDown();
    }

    private HttpTally settle() throws InterruptedException {
        lines.loop().execute(() -> {
            ended = true;
            tally.end(System.nanoTime() - startNanos, Math.max(0, due - next));
            if (onTheirWay == 0) settled.countDown();
        });
        if (!settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            lines.loop().execute(() -> {
                for (var line : lines.lines()) line.close();
            });
            settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return tally;
    }

    private void start(int line, long meantNanos) {
        int path = (int) (next / ask.tokens().size());
        var token = ask.tokens().get((int) (next % ask.tokens().size()));
        next++;
        onTheirWay++;
        startedNanos[line] = meantNanos;
        lines.lines().get(line).send(heads[path], token, tail, sinks[line]);
    }

    private HttpLine.Sink sink(int number) {
        return (line, status, body) -> {
            onTheirWay--;
            tally.answered(status, body, System.nanoTime() - startedNanos[number]);
            if (!closed) free.add(number);
            if (ended) {
                if (onTheirWay == 0) settled.countDown();
            } else if (closed) {
                if (status == HttpLine.BROKEN) later(number);
                else if (next < ask.size()) go(number);
                else if (onTheirWay == 0) over.countDown();
            }
        };
    }

    /** Where nobody listens, a connection breaks as soon as it is opened. */
    private void later(int line) {
        lines.loop().schedule(() -> go(line), BREATH_MS, TimeUnit.MILLISECONDS);
    }

    private void go(int line) {
        if (ended) {
            if (onTheirWay == 0) settled.countDown();
        } else if (next < ask.size()) {
            start(line, System.nanoTime());
        } else if (onTheirWay == 0) {
            over.countDown();
        }
    }

    /** Of the present run. Any thread. */
    public long count() {
        return tally.granted();
    }
}

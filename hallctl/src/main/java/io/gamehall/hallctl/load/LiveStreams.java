package io.gamehall.hallctl.load;

import io.gamehall.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The event streams of many players: opened some at a time, then held. A stream is open when it was welcomed. */
public final class LiveStreams implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final GatewayStreams streams;
    private final BiConsumer<Player, Event> heard;
    private final AtomicInteger live = new AtomicInteger();
    private final LongAdder opened = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final Crowd.Timer timer = new Crowd.Timer();
    private volatile boolean over;

    /** @param heard told every event but the welcome, on the thread of the connections */
    public LiveStreams(GatewayStreams streams, BiConsumer<Player, Event> heard) {
        this.streams = streams;
        this.heard = heard;
    }

    /**
     * Opens a stream for each of these players, and returns when all have been welcomed, or refused for good.
     *
     * @param atOnce on their way at most
     * @return seconds that it took
     */
    public double open(List<Player> players, int atOnce) throws InterruptedException {
        var places = new Semaphore(atOnce);
        long start = System.nanoTime();
        for (var player : players) {
            if (!places.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) break;
            new Stream(player, places, System.nanoTime() + PATIENCE.toNanos()).open();
        }
        if (!places.tryAcquire(atOnce, PATIENCE.toSeconds(), TimeUnit.SECONDS)) failed("NO_ANSWER");
        return (System.nanoTime() - start) / 1e9;
    }

    /** Open at this moment. */
    public int live() {
        return live.get();
    }

    /** Opened so far. */
    public long opened() {
        return opened.sum();
    }

    /** Openings that the gateway put off. */
    public long repeated() {
        return repeated.sum();
    }

    /** Events that all players together were told. */
    public long events() {
        return events.sum();
    }

    /** Streams that were refused, or have ended, by reason. */
    public Map<String, Long> errors() {
        var all = new TreeMap<String, Long>();
        errors.forEach((reason, number) -> all.put(reason, number.sum()));
        return all;
    }

    private void failed(String reason) {
        errors.computeIfAbsent(reason, any -> new LongAdder()).increment();
    }

    /** Streams that end from now on are no errors. */
    @Override
    public void close() {
        over = true;
        timer.close();
    }

    /** One player's; confined to the thread of the connections once it is on its way. */
    private final class Stream implements Consumer<Event>, Answer.Sink<Event> {
        private final Player player;
        private final long untilNanos;
        private Semaphore places;

        Stream(Player player, Semaphore places, long untilNanos) {
            this.player = player;
            this.places = places;
            this.untilNanos = untilNanos;
        }

        void open() {
            streams.events(player, this, this);
        }

        @Override
        public void accept(Event event) {
            events.increment();
            if (event.hasWelcome() && places != null) {
                live.incrementAndGet();
                opened.increment();
                settle();
            } else if (!event.hasWelcome()) {
                heard.accept(player, event);
            }
        }

        private void settle() {
            places.release();
            places = null;
        }

        @Override
        public void answered(Answer<Event> end) {
            if (over) return;
            if (places == null) {
                live.decrementAndGet();
                failed("ended: " + reason(end));
            } else if (end instanceof Answer.Not<Event>(Refused why)
                    && why.isPassing()
                    && System.nanoTime() < untilNanos) {
                repeated.increment();
                timer.later(why.delay(RETRY), this::open);
            } else {
                failed(reason(end));
                settle();
            }
        }

        private static String reason(Answer<Event> end) {
            return switch (end) {
                case Answer.Given<Event> _ -> "by the gateway";
                case Answer.Not<Event>(Refused why) -> why.reason();
            };
        }
    }
}

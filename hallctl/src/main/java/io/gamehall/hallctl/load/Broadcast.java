package io.gamehall.hallctl.load;

import io.gamehall.v1.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Chat lines said in rooms full of listeners, at an even pace: from the instant when a line was meant to be said until
 * the last member of its room has heard it. Any thread may tell what was heard.
 */
public final class Broadcast {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final GatewayCalls calls;
    private final List<List<Player>> rooms;
    private final Map<String, Said> said = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final String name;
    private Latencies each = new Latencies();
    private Latencies last = new Latencies();
    private long number;

    /** A line, and for how many it is still to come. */
    private record Said(long atNanos, AtomicInteger left) {}

    /**
     * What a run came to.
     *
     * @param each from a line to each of its listeners
     * @param last from a line to the last of its listeners
     * @param lines said
     * @param missing of all lines, listeners who have not heard it within 10 s
     */
    public record Heard(Latencies each, Latencies last, long lines, long missing) {}

    /**
     * @param name differs from that of every other broadcast to the same listeners
     * @param rooms their members, who are in
     */
    public Broadcast(String name, GatewayCalls calls, List<Player> members) {
        this.name = name;
        this.calls = calls;
        var byRoom = new TreeMap<String, List<Player>>();
        members.forEach(player -> byRoom.computeIfAbsent(player.room(), room -> new java.util.ArrayList<>())
                .add(player));
        this.rooms = List.copyOf(byRoom.values());
    }

    /** Somebody has heard something. */
    public void heard(Event event) {
        if (!event.hasChat()) return;
        var line = said.get(event.getChat().getText());
        if (line == null) return;
        long nanos = System.nanoTime() - line.atNanos();
        each.record(nanos);
        if (line.left().decrementAndGet() == 0) {
            last.record(nanos);
            said.remove(event.getChat().getText());
        }
    }

    /** Speaks, in one room after the other and by one member after the other; blocks. */
    public Heard run(Duration lasts, int perSecond) {
        each = new Latencies();
        last = new Latencies();
        long start = System.nanoTime();
        var pace = new Pace(perSecond, start);
        long end = start + lasts.toNanos();
        long lines = 0;
        for (long now = start; now < end; now = System.nanoTime()) {
            for (long due = pace.due(now); lines < due; lines++) say(pace.intended(lines));
            LockSupport.parkNanos(TICK_NANOS);
        }
        return new Heard(each, last, lines, awaitSilence());
    }

    private void say(long atNanos) {
        var room = rooms.get((int) (number % rooms.size()));
        var speaker = room.get((int) (number / rooms.size() % room.size()));
        var text = name + " " + number++;
        said.put(text, new Said(atNanos, new AtomicInteger(room.size())));
        calls.say(speaker, text, text, answer -> {
            if (answer instanceof Answer.Not<Void> not) {
                errors.computeIfAbsent(not.why().reason(), any -> new LongAdder())
                        .increment();
                said.remove(text);
            }
        });
    }

    private long awaitSilence() {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!said.isEmpty() && System.nanoTime() < until) LockSupport.parkNanos(TICK_NANOS);
        long missing =
                said.values().stream().mapToLong(line -> line.left().get()).sum();
        said.clear();
        return missing;
    }

    /** Lines that were refused, by reason. */
    public Map<String, Long> errors() {
        var all = new HashMap<String, Long>();
        errors.forEach((reason, count) -> all.put(reason, count.sum()));
        return all;
    }
}

package io.gamehall.hallctl.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Players who sit down one after the other in a room of their own, and then get up one after the other: so the room's
 * number of seated players tells how many of the changes somebody knows of. All of it happens at an even pace, whatever
 * the answers do; only before the direction turns does it wait until everybody has seen the last change.
 */
public final class Markers implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Duration RETRY = Duration.ofMillis(20);
    private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final RoomCalls calls;
    private final Sight sight;
    private final List<Room> rooms = new ArrayList<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final Crowd.Timer timer = new Crowd.Timer();
    private volatile boolean over;
    private long sequence;

    /** A room, and who changes it. Confined to the thread that paces. */
    private static final class Room {
        final List<Player> players;
        final String id;
        boolean up = true;
        int asked;
        Sight.Phase phase;

        Room(List<Player> players) {
            this.players = List.copyOf(players);
            this.id = players.getFirst().room();
        }
    }

    /** @param players members of rooms in which nobody else is, none of them seated */
    public Markers(RoomCalls calls, Sight sight, List<Player> players) {
        this.calls = calls;
        this.sight = sight;
        var byRoom = new TreeMap<String, List<Player>>();
        players.forEach(player ->
                byRoom.computeIfAbsent(player.room(), room -> new ArrayList<>()).add(player));
        byRoom.values().forEach(members -> rooms.add(new Room(members)));
    }

    /**
     * Makes changes until told to stop, and then, unmeasured, the rest of what it takes until nobody sits; blocks.
     *
     * @param perSecond changes of all rooms together
     * @return changes of which not everybody has heard within 30 s; then no more are made
     */
    public long run(int perSecond, java.util.function.BooleanSupplier enough) {
        rooms.forEach(room -> begin(room, true));
        long start = System.nanoTime();
        var pace = new Pace(perSecond, start);
        long changes = 0;
        while (!enough.getAsBoolean()) {
            for (long due = pace.due(System.nanoTime()); changes < due; changes++) {
                if (!change(rooms.get((int) (changes % rooms.size())))) return unseen();
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        for (var room : rooms) {
            if (!await(room.phase, room.asked)) return unseen();
        }
        // What follows comes all at once.
        sight.measure();
        return rest() ? 0 : unseen();
    }

    private boolean change(Room room) {
        if (room.asked == room.players.size()) {
            if (!await(room.phase, room.players.size())) return false;
            begin(room, !room.up);
        }
        ask(room);
        return true;
    }

    private void begin(Room room, boolean up) {
        room.up = up;
        room.asked = 0;
        room.phase = sight.begin(room.id, up, room.players.size());
    }

    private void ask(Room room) {
        var player = room.players.get(room.asked++);
        var id = Long.toString(player.id() * 31 + ++sequence, Character.MAX_RADIX);
        attempt(player, id, room.up, room.phase, false);
    }

    /** Until it is done, or refused for good: a change that is left out would be waited for in vain. */
    private void attempt(Player player, String id, boolean up, Sight.Phase phase, boolean repeated) {
        Answer.Sink<Void> done = answer -> {
            switch (answer) {
                case Answer.Given<Void> _ -> phase.acknowledged(System.nanoTime());
                case Answer.Not<Void> not -> {
                    var why = not.why();
                    if (why.isPassing() && !over) {
                        timer.later(why.delay(RETRY), () -> attempt(player, id, up, phase, true));
                    } else if (repeated && why.reason().equals(up ? "ALREADY_SEATED" : "NOT_SEATED")) {
                        // An earlier attempt had taken effect, and its answer was lost.
                        phase.acknowledged(System.nanoTime());
                    } else {
                        errors.computeIfAbsent(why.reason(), any -> new LongAdder())
                                .increment();
                    }
                }
            }
        };
        if (up) calls.quickJoin(player, id, done);
        else calls.stand(player, id, done);
    }

    /** Everybody who sits gets up. */
    private boolean rest() {
        for (var room : rooms) {
            while (room.asked < room.players.size()) ask(room);
            if (!await(room.phase, room.players.size())) return false;
            if (!room.up) continue;
            begin(room, false);
            while (room.asked < room.players.size()) ask(room);
            if (!await(room.phase, room.players.size())) return false;
        }
        return true;
    }

    private static boolean await(Sight.Phase phase, int changes) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!phase.hasReached(changes)) {
            if (System.nanoTime() > until) return false;
            LockSupport.parkNanos(TICK_NANOS);
        }
        return true;
    }

    private long unseen() {
        return Math.max(1, rooms.stream().mapToLong(room -> room.phase.unseen()).sum());
    }

    /** Changes that were refused, by reason. */
    public Map<String, Long> errors() {
        var all = new TreeMap<String, Long>();
        errors.forEach((reason, number) -> all.put(reason, number.sum()));
        return all;
    }

    @Override
    public void close() {
        over = true;
        timer.close();
    }
}

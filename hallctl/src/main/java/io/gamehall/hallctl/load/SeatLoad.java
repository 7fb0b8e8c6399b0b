package io.gamehall.hallctl.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Players who quick-join and stand in turn, each with one call on its way at most. Players wait in line: who was answered
 * goes to its end. No thread per player; everything happens where the answers arrive, and on one thread that paces.
 */
public final class SeatLoad implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMillis(20);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int ERRORS_MAX = 1_000;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final RoomCalls calls;
    private final ConcurrentLinkedQueue<Turn> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger onTheirWay = new AtomicInteger();
    private final Crowd.Timer timer = new Crowd.Timer();
    private volatile SeatTally tally = new SeatTally();
    private volatile boolean open;
    private volatile boolean refills;

    /** A player, and what it does next. Handed from thread to thread, never shared. */
    private static final class Turn {
        final Player player;
        boolean seated;
        boolean repeated;
        long startNanos;
        long sequence;
        String requestId = "";

        Turn(Player player) {
            this.player = player;
        }
    }

    /** @param players in their rooms, none of them seated */
    public SeatLoad(RoomCalls calls, List<Player> players) {
        this.calls = calls;
        players.forEach(player -> line.add(new Turn(player)));
    }

    /** As fast as answers come, with that many calls on their way all the time. */
    public SeatTally runClosed(Duration lasts, int window) {
        long start = begin(true);
        for (int call = 0; call < window; call++) next(System.nanoTime());
        LockSupport.parkNanos(1);
        long end = start + lasts.toNanos();
        for (long now = System.nanoTime(); now < end && open; now = System.nanoTime()) {
            LockSupport.parkNanos(Math.min(end - now, TimeUnit.MILLISECONDS.toNanos(200)));
        }
        return end(start);
    }

    /** At an even rate, whatever the answers do. */
    public SeatTally runPaced(Duration lasts, int perSecond) {
        long start = begin(false);
        var pace = new Pace(perSecond, start);
        long end = start + lasts.toNanos();
        long started = 0;
        for (long now = start; now < end && open; now = System.nanoTime()) {
            long due = pace.due(now);
            while (started < due && next(pace.intended(started))) started++;
            LockSupport.parkNanos(TICK_NANOS);
        }
        long now = System.nanoTime();
        for (long missed = started; missed < pace.due(end); missed++) tally.late(now - pace.intended(missed));
        return end(start);
    }

    /** Answered calls of the present run. Any thread. */
    public long count() {
        return tally.count();
    }

    private long begin(boolean closed) {
        tally = new SeatTally();
        refills = closed;
        open = true;
        return System.nanoTime();
    }

    private SeatTally end(long start) {
        open = false;
        var ended = tally;
        ended.end(System.nanoTime() - start);
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (onTheirWay.get() > 0 && System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        for (int lost = onTheirWay.get(); lost > 0; lost--) ended.failed("NO_ANSWER", "not answered within 10 s");
        return ended;
    }

    /** The first in line makes its call; false if nobody is free. */
    private boolean next(long startNanos) {
        var turn = line.poll();
        if (turn == null) return false;
        turn.startNanos = startNanos;
        turn.repeated = false;
        turn.requestId = requestId(turn);
        onTheirWay.incrementAndGet();
        call(turn);
        return true;
    }

    /** Looks like the random ids of real clients: ids in sequence would meet in the same slots of an owner's maps. */
    private static String requestId(Turn turn) {
        long mixed = (turn.player.id() + ++turn.sequence) * GOLDEN;
        return Long.toString(mixed ^ (mixed >>> 32), Character.MAX_RADIX);
    }

    private void call(Turn turn) {
        if (turn.seated) calls.stand(turn.player, turn.requestId, answer -> answered(turn, answer));
        else calls.quickJoin(turn.player, turn.requestId, answer -> answered(turn, answer));
    }

    private void answered(Turn turn, Answer<Void> answer) {
        long now = System.nanoTime();
        switch (answer) {
            case Answer.Given<Void> _ -> {
                turn.seated = !turn.seated;
                tally.answered(now - turn.startNanos);
            }
            case Answer.Not<Void>(Refused why) -> {
                if (why.isPassing() && now - turn.startNanos < PATIENCE_NANOS) {
                    turn.repeated = true;
                    tally.repeated(why.reason());
                    timer.later(why.delay(RETRY), () -> call(turn));
                    return;
                }
                refused(turn, why, now);
            }
        }
        onTheirWay.decrementAndGet();
        line.add(turn);
        if (open && refills) next(now);
    }

    private void refused(Turn turn, Refused why, long now) {
        boolean knew = why.reason().equals(turn.seated ? "NOT_SEATED" : "ALREADY_SEATED");
        if (knew && turn.repeated) {
            // An earlier attempt had taken effect, and its answer was lost.
            turn.seated = !turn.seated;
            tally.answered(now - turn.startNanos);
        } else {
            if (knew) turn.seated = !turn.seated;
            tally.failed(why.reason(), why.detail());
            if (tally.errors() > ERRORS_MAX) open = false;
        }
    }

    @Override
    public void close() {
        open = false;
        timer.close();
    }
}

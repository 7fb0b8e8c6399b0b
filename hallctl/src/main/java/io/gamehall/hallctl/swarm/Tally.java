package io.gamehall.hallctl.swarm;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/** All that is counted over all players. Any thread may count. */
final class Tally {
    final LongAdder logins = new LongAdder();
    final LongAdder redirects = new LongAdder();
    final LongAdder roomsEntered = new LongAdder();
    final LongAdder seatsTaken = new LongAdder();
    final LongAdder quickJoinFailedWhileFree = new LongAdder();
    final LongAdder joinsAccepted = new LongAdder();
    final LongAdder rewardsReceived = new LongAdder();
    final LongAdder disputedSeen = new LongAdder();
    final LongAdder streamsReopened = new LongAdder();
    /** Players that the directory still shows in rooms after all of ours have left. */
    final LongAdder leftBehind = new LongAdder();

    final CallStats rewardDelay = new CallStats();
    final Faults faults = new Faults();

    /** Answers that a correct client lives with, and calls that were put off: by call and reason. */
    final Faults refusals = new Faults();

    private final Map<CallKind, CallStats> calls = new EnumMap<>(CallKind.class);
    private final AtomicIntegerArray stages = new AtomicIntegerArray(Stage.values().length);
    private final Set<Round> rounds = ConcurrentHashMap.newKeySet();

    /** A round at a table: what all of its players see. */
    record Round(String room, int table, long number) {}

    Tally(int players) {
        for (var kind : CallKind.values()) {
            calls.put(kind, new CallStats());
        }
        stages.set(Stage.ARRIVING.ordinal(), players);
    }

    CallStats of(CallKind kind) {
        return calls.get(kind);
    }

    /** Each round counts once, however many of its players saw it settle. */
    void settled(Round round) {
        rounds.add(round);
    }

    long roundsSettled() {
        return rounds.size();
    }

    void move(Stage from, Stage to) {
        stages.decrementAndGet(from.ordinal());
        stages.incrementAndGet(to.ordinal());
    }

    int at(Stage stage) {
        return stages.get(stage.ordinal());
    }

    /** Players that may be in a room. */
    int inRooms() {
        return at(Stage.LOBBY) + at(Stage.SEATED) + at(Stage.PLAYING);
    }

    /** All attempts of all calls. */
    long callCount() {
        return calls.values().stream().mapToLong(CallStats::count).sum();
    }
}

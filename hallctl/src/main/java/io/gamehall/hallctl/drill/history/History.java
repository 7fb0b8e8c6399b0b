package io.gamehall.hallctl.drill.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All calls of all players. A player makes one call after the other, so each player's calls have an order. Bounded: when
 * it is full the load has to end. Any thread may record; to be read when the load is over.
 */
public final class History {
    /** At about 250 bytes each. */
    public static final int CALLS_MAX = 250_000;

    private final Map<Long, List<Call>> calls = new ConcurrentHashMap<>();
    private final Set<Long> leftAlone = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();

    /** Records a call that is over; the player's earlier ones have been recorded before. */
    public void record(Call call) {
        var mine = calls.computeIfAbsent(call.player(), player -> new ArrayList<>());
        synchronized (mine) {
            mine.add(call);
        }
        count.incrementAndGet();
    }

    /** Something else acts for this player, too, so the player's calls are not all: nothing follows from them. */
    public void leaveAlone(long player) {
        leftAlone.add(player);
    }

    public boolean isFull() {
        return count.get() >= CALLS_MAX;
    }

    public int size() {
        return count.get();
    }

    /** Each player's calls in their order; players in the order of their ids. Without those to be left alone. */
    public Map<Long, List<Call>> byPlayer() {
        var all = new TreeMap<>(calls);
        all.keySet().removeAll(leftAlone);
        return all;
    }

    /** The calls that are over by now, player by player. At any time. */
    public List<Call> snapshot() {
        var all = new ArrayList<Call>();
        calls.values().forEach(mine -> {
            synchronized (mine) {
                all.addAll(mine);
            }
        });
        return all;
    }

    /** All calls of all players, player by player. */
    public List<Call> all() {
        return calls.values().stream().flatMap(Collection::stream).toList();
    }
}

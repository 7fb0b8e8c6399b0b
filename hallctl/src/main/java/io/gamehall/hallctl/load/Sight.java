package io.gamehall.hallctl.load;

import io.gamehall.v1.RoomsUpdate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What many watchers know of the numbers of seated players in some rooms. In a phase a room's number grows (or falls)
 * one by one, so whoever knows the number k knows of the first k changes of the phase. A change counts from the instant
 * at which the k-th change is acknowledged, whichever of those on their way that was: from then on there are k, and a
 * watcher that knows of fewer is behind. Any thread.
 */
public final class Sight {
    private final int watchers;
    private final Map<String, Phase> phases = new ConcurrentHashMap<>();
    private volatile Latencies last = new Latencies();

    /** @param watchers numbered from 0 */
    public Sight(int watchers) {
        this.watchers = watchers;
    }

    /** From a change to the last watcher that learned of it, of changes that end from now on. */
    public Latencies measure() {
        last = new Latencies();
        return last;
    }

    /** The next changes of a room make its number grow from 0 to {@code size}, or fall from there to 0. */
    public Phase begin(String room, boolean up, int size) {
        var phase = new Phase(up, size);
        phases.put(room, phase);
        return phase;
    }

    /** A watcher was told something. */
    public void seen(int watcher, RoomsUpdate update, long nanos) {
        for (var room : update.getRoomsList()) {
            var phase = phases.get(room.getRoomId());
            if (phase != null) phase.seen(watcher, room.getSeated(), nanos);
        }
    }

    /** A number on its way up or down. */
    public final class Phase {
        private final boolean up;
        private final int size;
        private final int[] known = new int[watchers];
        private final int[] knowing;
        private final long[] acknowledgedNanos;
        private final long[] knownNanos;
        private int acknowledged;
        private int seenByAll;

        private Phase(boolean up, int size) {
            this.up = up;
            this.size = size;
            this.knowing = new int[size];
            this.acknowledgedNanos = new long[size];
            this.knownNanos = new long[size];
        }

        /** One more of the changes has its reply. */
        synchronized void acknowledged(long nanos) {
            int change = acknowledged++;
            acknowledgedNanos[change] = nanos;
            recordIfComplete(change);
        }

        /** @param seated as a watcher was told */
        synchronized void seen(int watcher, int seated, long nanos) {
            int changes = Math.clamp(up ? seated : size - seated, 0, size);
            for (int change = known[watcher]; change < changes; change++) {
                if (++knowing[change] < watchers) continue;
                seenByAll++;
                knownNanos[change] = nanos;
                recordIfComplete(change);
            }
            known[watcher] = Math.max(known[watcher], changes);
        }

        /** It may be known to all before its reply has come: that is not too late. */
        private void recordIfComplete(int change) {
            boolean complete = change < acknowledged && knowing[change] == watchers;
            if (complete) last.record(knownNanos[change] - acknowledgedNanos[change]);
        }

        synchronized boolean isOver() {
            return hasReached(size);
        }

        /** So many of its changes are acknowledged and known to all. */
        synchronized boolean hasReached(int changes) {
            return acknowledged >= changes && seenByAll >= changes;
        }

        /** Changes that were acknowledged and are not known to all. */
        synchronized int unseen() {
            return Math.max(0, acknowledged - seenByAll);
        }
    }
}

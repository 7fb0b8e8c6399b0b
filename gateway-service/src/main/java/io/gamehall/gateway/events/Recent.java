package io.gamehall.gateway.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The last events of each of many, for a short time. Bounded for each, and for all together: the oldest go first. Any
 * thread.
 *
 * @param <K> whose events they are
 */
final class Recent<K> {
    private final Bounds bounds;
    private final Map<K, ArrayDeque<Entry<K>>> own = new HashMap<>();
    /** Of all, the oldest first. */
    private final LinkedHashSet<Entry<K>> all = new LinkedHashSet<>();

    private long bytes;

    /**
     * @param time for which an event is kept
     * @param ownMax events of one, at most
     * @param ownBytesMax bytes of memory for one; its newest event may be larger
     * @param bytesMax bytes of memory for all together
     */
    record Bounds(Duration time, int ownMax, long ownBytesMax, long bytesMax) {}

    /** Not a record: each is another. */
    private static final class Entry<K> {
        private static final int WEIGHT = 160;
        final K key;
        final PlayerEvent event;
        final long atNanos;

        Entry(K key, PlayerEvent event, long atNanos) {
            this.key = key;
            this.event = event;
            this.atNanos = atNanos;
        }

        int weight() {
            return WEIGHT + event.weight();
        }
    }

    Recent(Bounds bounds) {
        this.bounds = bounds;
    }

    synchronized void add(K key, PlayerEvent event, long nowNanos) {
        forgetOld(nowNanos);
        var entry = new Entry<>(key, event, nowNanos);
        var mine = own.computeIfAbsent(key, first -> new ArrayDeque<>(2));
        mine.add(entry);
        all.add(entry);
        bytes += entry.weight();
        while (mine.size() > 1 && isTooMuch(mine)) forget(mine.getFirst());
        while (bytes > bounds.bytesMax() && !all.isEmpty()) forget(all.getFirst());
    }

    /** The oldest first. */
    synchronized List<PlayerEvent> of(K key, long nowNanos) {
        forgetOld(nowNanos);
        var mine = own.get(key);
        return mine == null
                ? List.of()
                : mine.stream().map(entry -> entry.event).toList();
    }

    private boolean isTooMuch(ArrayDeque<Entry<K>> mine) {
        return mine.size() > bounds.ownMax()
                || mine.stream().mapToLong(Entry::weight).sum() > bounds.ownBytesMax();
    }

    private void forgetOld(long nowNanos) {
        while (!all.isEmpty()
                && nowNanos - all.getFirst().atNanos > bounds.time().toNanos()) {
            forget(all.getFirst());
        }
    }

    /** The oldest of its own. */
    private void forget(Entry<K> entry) {
        all.remove(entry);
        bytes -= entry.weight();
        var mine = own.get(entry.key);
        mine.removeFirst();
        if (mine.isEmpty()) own.remove(entry.key);
    }
}

package io.gamehall.hallctl.drill.rewards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What players were told of their facts, and when. One thread writes, any may ask. */
final class Heard {
    private static final long APART = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int DIFFERENT_MAX = 100;

    private final Map<String, Integer> notices = new HashMap<>();
    private final List<Long> freshNanos = new ArrayList<>();
    private final List<String> different = new ArrayList<>();
    private long repeats;

    /** Notices come at least once, and then always the same. */
    synchronized void hear(String fact, byte[] notice) {
        int bytes = Arrays.hashCode(notice);
        var before = notices.putIfAbsent(fact, bytes);
        if (before == null) {
            long now = System.nanoTime();
            if (freshNanos.isEmpty() || now - freshNanos.getLast() > APART) freshNanos.add(now);
            return;
        }
        repeats++;
        if (before != bytes && different.size() < DIFFERENT_MAX) different.add(fact);
    }

    synchronized boolean has(String fact) {
        return notices.containsKey(fact);
    }

    /** Facts of which the player was told. */
    synchronized int size() {
        return notices.size();
    }

    synchronized long repeats() {
        return repeats;
    }

    /** Facts that were told in two ways. */
    synchronized List<String> different() {
        return List.copyOf(different);
    }

    synchronized boolean hasFreshSince(long nanos) {
        return !freshNanos.isEmpty() && freshNanos.getLast() - nanos > 0;
    }

    /** The longest time in which nothing new was told, within a stretch of time; its ends count as told. */
    synchronized double longestGapMs(long fromNanos, long toNanos) {
        long longest = 0;
        long before = fromNanos;
        for (long at : freshNanos) {
            if (at - fromNanos <= 0 || toNanos - at <= 0) continue;
            longest = Math.max(longest, at - before);
            before = at;
        }
        return Math.max(longest, toNanos - before) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}

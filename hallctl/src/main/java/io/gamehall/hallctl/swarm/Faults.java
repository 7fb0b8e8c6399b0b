package io.gamehall.hallctl.swarm;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What went wrong, grouped, so that ten thousand equal errors are one line. Any thread may note. */
final class Faults {
    /** Groups beyond these are counted together. */
    private static final int GROUPS_MAX = 100;

    private static final String OTHERS = "others";

    private final ConcurrentHashMap<String, Group> groups = new ConcurrentHashMap<>();
    private final LongAdder total = new LongAdder();

    /** @param first the first fault of the group, in full */
    record Group(String what, String first, LongAdder times) {}

    /**
     * @param what the same for equal faults
     * @param detail of this one
     */
    void note(String what, String detail) {
        total.increment();
        var key = groups.size() < GROUPS_MAX || groups.containsKey(what) ? what : OTHERS;
        groups.computeIfAbsent(key, name -> new Group(name, detail, new LongAdder()))
                .times()
                .increment();
    }

    long count() {
        return total.sum();
    }

    /** The groups that came most often first. */
    List<Group> worst(int max) {
        return groups.values().stream()
                .sorted(Comparator.comparingLong((Group group) -> -group.times().sum())
                        .thenComparing(Group::what))
                .limit(max)
                .toList();
    }
}

package io.gamehall.room.owner.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which partition an administrator wants at which instance. Every member of the group has a copy; copies that differ
 * are merged, and the newest wish for a partition wins everywhere.
 *
 * @param wishes the newest wish for each partition ever pinned, at most {@link #MAX}
 */
record Pins(Map<Integer, Wish> wishes) {
    static final Pins NONE = new Pins(Map.of());
    /** Partitions pinned at most: far more than a region has, so that the data stays a fraction of a Kafka message. */
    static final int MAX = 1024;

    /** What Kafka takes for the id of a static member. */
    private static final Pattern INSTANCE = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /**
     * @param instance where the partition shall be; empty: anywhere again
     * @param version orders the wishes for a partition
     */
    record Wish(Optional<String> instance, long version) {
        Wish {
            if (instance.filter(name -> !INSTANCE.matcher(name).matches()).isPresent()) {
                throw new IllegalArgumentException("Not the name of an instance (1-249 of a-z, A-Z, 0-9, ., _, -)");
            }
        }

        /** Two members asked in the same instant: any rule does that all members share. */
        private static Wish newer(Wish one, Wish other) {
            if (one.version != other.version) return one.version > other.version ? one : other;
            return one.instance.orElse("").compareTo(other.instance.orElse("")) >= 0 ? one : other;
        }
    }

    Pins {
        if (wishes.size() > MAX || wishes.keySet().stream().anyMatch(partition -> partition < 0 || partition >= MAX)) {
            throw new IllegalArgumentException("Partitions that can be pinned are 0 to " + (MAX - 1));
        }
        wishes = Map.copyOf(wishes);
    }

    /**
     * With a wish that is newer than all that are known here.
     *
     * @param nowMs the time, so that a member that does not know the group's wishes yet is not outvoted by old ones
     */
    Pins with(int partition, Optional<String> instance, long nowMs) {
        long newest = wishes.values().stream().mapToLong(Wish::version).max().orElse(0);
        var changed = new HashMap<>(wishes);
        changed.put(partition, new Wish(instance, Math.max(newest + 1, nowMs)));
        return new Pins(changed);
    }

    Pins merge(Pins other) {
        var merged = new HashMap<>(wishes);
        other.wishes.forEach((partition, wish) -> merged.merge(partition, wish, Wish::newer));
        return new Pins(merged);
    }

    /** The instance of each pinned partition. */
    Map<Integer, String> instances() {
        var instances = new TreeMap<Integer, String>();
        wishes.forEach((partition, wish) -> wish.instance().ifPresent(instance -> instances.put(partition, instance)));
        return instances;
    }
}

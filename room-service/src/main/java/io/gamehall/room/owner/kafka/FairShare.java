package io.gamehall.room.owner.kafka;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Divides partitions among the members of a group. Pinned ones are where they are pinned; of the others, members keep
 * what they have, and only as many move as it takes until nobody has two more than another (but for pins).
 *
 * <p>What it makes is a fixed point: dividing it again moves nothing.
 */
final class FairShare {
    private final Map<Integer, String> pinned;
    private final Map<Integer, String> shares = new TreeMap<>();
    private final Map<String, Integer> loads = new TreeMap<>();

    private FairShare(Collection<String> members, Map<Integer, String> pinned) {
        this.pinned = pinned;
        members.forEach(member -> loads.put(member, 0));
    }

    /**
     * @param partitions are 0 to this, exclusive
     * @param members at least one
     * @param held who has which partition now
     * @param pinned what must be where; pins to others than members don't count
     * @return the member of each partition
     */
    static Map<Integer, String> divide(
            int partitions, Collection<String> members, Map<Integer, String> held, Map<Integer, String> pinned) {
        var present = new TreeMap<>(pinned);
        present.values().retainAll(members);
        var divided = new FairShare(members, present);
        for (int partition = 0; partition < partitions; partition++) {
            var stays = present.getOrDefault(partition, held.get(partition));
            if (stays != null && members.contains(stays)) divided.give(partition, stays);
        }
        for (int partition = 0; partition < partitions; partition++) {
            if (!divided.shares.containsKey(partition)) divided.give(partition, divided.poorest());
        }
        divided.level();
        return divided.shares;
    }

    private void level() {
        while (true) {
            var giver = richest();
            var taker = poorest();
            if (giver.isEmpty() || loads.get(giver.get()) - loads.get(taker) < 2) return;
            give(lastOf(giver.get()), taker);
        }
    }

    private void give(int partition, String member) {
        var before = shares.put(partition, member);
        if (before != null) loads.merge(before, -1, Integer::sum);
        loads.merge(member, 1, Integer::sum);
    }

    private String poorest() {
        return loads.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** Of those that have something to give. */
    private Optional<String> richest() {
        return shares.entrySet().stream()
                .filter(share -> !pinned.containsKey(share.getKey()))
                .map(Map.Entry::getValue)
                .max(Comparator.comparing(loads::get));
    }

    private int lastOf(String member) {
        return shares.entrySet().stream()
                .filter(share -> share.getValue().equals(member) && !pinned.containsKey(share.getKey()))
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElseThrow();
    }
}

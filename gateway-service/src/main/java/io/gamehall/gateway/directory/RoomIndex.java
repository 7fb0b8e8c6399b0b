package io.gamehall.gateway.directory;

import io.gamehall.room.domain.RoomId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rooms in each order. One writer, any number of readers, who do not wait: while a room changes its place in an
 * order they may see it at both, and never at none.
 */
final class RoomIndex {
    private final ConcurrentNavigableMap<RoomId, RoomSummary> byId = new ConcurrentSkipListMap<>();
    private final Map<RoomOrder, ConcurrentNavigableMap<RoomOrder.Key, RoomSummary>> ordered =
            new EnumMap<>(RoomOrder.class);

    RoomIndex() {
        for (var order : RoomOrder.values()) {
            if (order != RoomOrder.BY_ID) ordered.put(order, new ConcurrentSkipListMap<>(order.comparator()));
        }
    }

    RoomSummary get(RoomId id) {
        return byId.get(id);
    }

    Collection<RoomSummary> all() {
        return byId.values();
    }

    int size() {
        return byId.size();
    }

    /** @return whether that is news */
    boolean put(RoomSummary room) {
        var before = byId.put(room.id(), room);
        if (room.equals(before)) return false;
        for (var order : ordered.values()) {
            order.put(RoomOrder.Key.of(room), room);
            if (before != null && before.members() != room.members()) order.remove(RoomOrder.Key.of(before));
        }
        return true;
    }

    /** Those rooms after a place that match, in an order; each once. */
    Stream<RoomSummary> after(RoomOrder order, Optional<RoomOrder.Key> place, Predicate<RoomSummary> matches) {
        if (order == RoomOrder.BY_ID) {
            var rest = place.map(last -> byId.tailMap(last.id(), false)).orElse(byId);
            return rest.values().stream().filter(matches);
        }
        var all = ordered.get(order);
        var rest = place.map(last -> all.tailMap(last, false)).orElse(all);
        var seen = new HashSet<RoomId>();
        return rest.values().stream().filter(matches).filter(room -> seen.add(room.id()));
    }
}

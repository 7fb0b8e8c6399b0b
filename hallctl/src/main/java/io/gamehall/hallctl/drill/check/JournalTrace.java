package io.gamehall.hallctl.drill.check;

import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.Place;
import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.SettledRound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The whole journal of a region, and what it tells about each player. Confined to one thread. */
public final class JournalTrace {
    private final List<PartitionTrace> partitions;

    public JournalTrace(int partitions) {
        this.partitions =
                IntStream.range(0, partitions).mapToObj(PartitionTrace::new).toList();
    }

    /** Takes the next record of its partition. */
    public void read(Entry entry) {
        partitions.get(entry.partition()).read(entry);
    }

    /** Each player's steps in the order in which they were written. */
    Map<Long, List<Step>> stepsByPlayer() {
        var all = new HashMap<Long, List<Step>>();
        for (var partition : partitions) {
            for (var step : partition.steps()) {
                all.computeIfAbsent(step.player(), player -> new ArrayList<>()).add(step);
            }
        }
        // Of one partition they are in order already, and the sort keeps that.
        all.values().forEach(steps -> steps.sort(Comparator.comparingLong(Step::atMs)));
        return all;
    }

    /** Where each player is in the end; a player who is nowhere is missing. */
    public Map<Long, List<Place>> places() {
        var places = new TreeMap<Long, List<Place>>();
        rooms().forEach(room -> room.members()
                .forEach(player -> places.computeIfAbsent(player.value(), any -> new ArrayList<>())
                        .add(place(room, player))));
        return places;
    }

    private static Place place(Room room, io.gamehall.room.domain.PlayerId player) {
        var id = room.id().value();
        return room.tableOf(player)
                .map(table ->
                        new Place(id, table, room.table(table).seatOf(player).orElse(Call.NONE)))
                .orElseGet(() -> Place.in(id));
    }

    /** All rooms, in the order of partitions. */
    public List<Room> rooms() {
        return partitions.stream()
                .flatMap(partition -> partition.replica().state().rooms().stream())
                .toList();
    }

    /** Who owns a partition, as far as the journal has been read. */
    public Optional<Ownership> owner(int partition) {
        var all = partitions.get(partition).ownerships();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** Every change of an owner, in the order of partitions and terms. */
    public List<Ownership> ownerships() {
        return partitions.stream()
                .flatMap(partition -> partition.ownerships().stream())
                .toList();
    }

    /** Every round that ended. */
    public Map<RoundId, SettledRound> settled() {
        var all = new TreeMap<RoundId, SettledRound>();
        partitions.forEach(partition -> all.putAll(partition.settled()));
        return all;
    }

    /** What was wrong right after some record. */
    List<Violation> violations() {
        return partitions.stream()
                .flatMap(partition -> partition.violations().stream())
                .toList();
    }

    /** Records that nobody believes. */
    public long dropped() {
        return partitions.stream().mapToLong(PartitionTrace::dropped).sum();
    }
}

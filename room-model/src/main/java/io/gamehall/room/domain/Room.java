package io.gamehall.room.domain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A room: its members, tables and wait-list. Changes by {@link RoomEvent}s only. Confined to one thread.
 *
 * <p>Beside the facts it keeps what the rules ask for all the time: where each player sits, and the open tables by the
 * number of their free seats, so that no decision walks over the tables.
 */
public final class Room {
    private final RoomId id;
    private final Map<PlayerId, Member> members = new HashMap<>();
    private final Map<PlayerId, Integer> tableOf = new HashMap<>();
    private final Map<PlayerId, Waiter> waiters = new HashMap<>();
    /** Who is next: players by their turn. */
    private final TreeMap<Long, PlayerId> line = new TreeMap<>();
    /** The tables at which a seat is held for a player; by the rules one at most. */
    private final Map<PlayerId, Integer> heldAt = new HashMap<>();

    private RoomSetup setup;
    private Table[] tables;
    /** Index: number of free seats, from 1; bits: numbers of the open tables with that many. */
    private BitSet[] openByFree;

    /** Numbers of the tables whose last round is not known to be published. */
    private final BitSet unpublished = new BitSet();

    private int playing;
    /** Reservations for players who are no members: each holds a place. */
    private int heldPlaces;

    Room(RoomId id, RoomSetup setup) {
        this.id = id;
        become(setup);
    }

    Room(Room other) {
        id = other.id;
        setup = other.setup;
        members.putAll(other.members);
        tableOf.putAll(other.tableOf);
        waiters.putAll(other.waiters);
        line.putAll(other.line);
        heldAt.putAll(other.heldAt);
        tables = other.tables.clone();
        openByFree = new BitSet[other.openByFree.length];
        for (int free = 0; free < openByFree.length; free++) openByFree[free] = (BitSet) other.openByFree[free].clone();
        unpublished.or(other.unpublished);
        playing = other.playing;
        heldPlaces = other.heldPlaces;
    }

    public RoomId id() {
        return id;
    }

    public RoomSetup setup() {
        return setup;
    }

    public int memberCount() {
        return members.size();
    }

    /** Members and places held by reservations: what the capacity limits. */
    public int population() {
        return members.size() + heldPlaces;
    }

    public int seatedCount() {
        return tableOf.size();
    }

    /** Tables at which a round runs. */
    public int playingCount() {
        return playing;
    }

    /** How many wait for a place. */
    public int waiterCount() {
        return waiters.size();
    }

    /** Whether a newcomer may enter. Free places are first for those who wait. */
    public boolean hasSpace() {
        return setup.open() && population() + waiters.size() < setup.capacity();
    }

    /** Whether the next in line may enter. */
    public boolean admitsWaiter() {
        return setup.open() && !waiters.isEmpty() && population() < setup.capacity();
    }

    public Optional<Member> member(PlayerId player) {
        return Optional.ofNullable(members.get(player));
    }

    public Optional<Waiter> waiter(PlayerId player) {
        return Optional.ofNullable(waiters.get(player));
    }

    /** Place in the wait-list, from 1; 0: the player does not wait. */
    public int positionOf(PlayerId player) {
        var waiter = waiters.get(player);
        return waiter == null ? 0 : line.headMap(waiter.turn(), true).size();
    }

    /** The next in line. */
    List<PlayerId> nextInLine(int count) {
        return line.values().stream().limit(count).toList();
    }

    long nextTurn() {
        return line.isEmpty() ? 1 : line.lastKey() + 1;
    }

    /** All members, in the order of their ids. */
    public List<PlayerId> members() {
        return members.keySet().stream().sorted().toList();
    }

    /** All who wait, first in line first. */
    public List<PlayerId> waiting() {
        return List.copyOf(line.values());
    }

    /** Those of the members and of the waiting who are not among some. Much cheaper than asking for them all. */
    public List<PlayerId> absent(Predicate<PlayerId> present) {
        var found = new ArrayList<PlayerId>();
        for (var player : members.keySet()) if (!present.test(player)) found.add(player);
        for (var player : waiters.keySet()) if (!present.test(player)) found.add(player);
        found.sort(null);
        return found;
    }

    /** The number of the table at which a player sits. */
    public Optional<Integer> tableOf(PlayerId player) {
        return Optional.ofNullable(tableOf.get(player));
    }

    /** Where a player sits. */
    public Optional<Seat> seatOf(PlayerId player) {
        return tableOf(player)
                .map(number -> new Seat(number, table(number).seatOf(player).orElseThrow()));
    }

    /** The number of the table at which a seat is held for a player. */
    Optional<Integer> heldFor(PlayerId player) {
        return Optional.ofNullable(heldAt.get(player));
    }

    /** How many seats are held at a player's wish. */
    int heldBy(PlayerId player) {
        int held = 0;
        for (var number : reservedTables()) {
            for (var reservation : tables[number].reservations())
                if (reservation.by().equals(player)) held++;
        }
        return held;
    }

    /** The numbers of the tables with reservations, in their order. */
    public TreeSet<Integer> reservedTables() {
        return new TreeSet<>(heldAt.values());
    }

    public boolean hasReservations() {
        return !heldAt.isEmpty();
    }

    /** The numbers of the tables whose last round is not known to be in {@code game-results}. */
    public List<Integer> unpublished() {
        return unpublished.isEmpty() ? List.of() : unpublished.stream().boxed().toList();
    }

    /** @throws IndexOutOfBoundsException if there is no table of that number */
    public Table table(int number) {
        var table = tables[number];
        return table == null ? Table.empty(setup.seatsPerTable()) : table;
    }

    public boolean hasTable(int number) {
        return number >= 0 && number < tables.length;
    }

    public boolean hasSeat(Seat seat) {
        return hasTable(seat.table()) && seat.number() >= 0 && seat.number() < setup.seatsPerTable();
    }

    /** The open table with the fewest free seats, so that games start sooner; of several the first. */
    Optional<Integer> fullestOpenTable() {
        return fullestOpenTable(1);
    }

    /** Like {@link #fullestOpenTable()}, of those with that many free seats. */
    Optional<Integer> fullestOpenTable(int seats) {
        for (int free = seats; free < openByFree.length; free++) {
            int number = openByFree[free].nextSetBit(0);
            if (number >= 0) return Optional.of(number);
        }
        return Optional.empty();
    }

    void apply(RoomEvent event) {
        switch (event) {
            case RoomEvent.RoomChanged changed -> become(changed.setup());
            case RoomEvent.MemberChanged changed -> {
                waitNoMore(changed.player());
                boolean held = heldAt.containsKey(changed.player());
                if (members.put(changed.player(), changed.member()) == null && held) heldPlaces--;
            }
            case RoomEvent.PlayerWaits waits -> {
                waitNoMore(waits.player());
                remove(waits.player());
                waiters.put(waits.player(), waits.waiter());
                line.put(waits.waiter().turn(), waits.player());
            }
            case RoomEvent.MemberLeft left -> {
                waitNoMore(left.player());
                remove(left.player());
            }
            case RoomEvent.TableChanged changed -> become(changed.number(), changed.table());
        }
    }

    private void waitNoMore(PlayerId player) {
        var waiter = waiters.remove(player);
        if (waiter != null) line.remove(waiter.turn(), player);
    }

    private void remove(PlayerId player) {
        if (members.remove(player) != null && heldAt.containsKey(player)) heldPlaces++;
    }

    /**
     * What in this room must never be; empty, always. For tests and for the check after a restore. That the capacity
     * is kept is checked by whoever sees the room change: it may be lowered below what a room holds.
     */
    public List<String> violations() {
        var found = new ArrayList<String>();
        var seats = new HashMap<PlayerId, Integer>();
        var held = new HashMap<PlayerId, Integer>();
        for (int number = 0; number < tables.length; number++) {
            var table = table(number);
            for (var chair : table.chairs()) {
                if (chair.isEmpty()) continue;
                var player = chair.get().player();
                var other = seats.put(player, number);
                if (other != null) found.add(player + " sits at tables " + other + " and " + number + " of " + id);
                if (!members.containsKey(player)) found.add(player + " sits in " + id + " without being a member");
            }
            for (var reservation : table.reservations()) {
                var other = held.put(reservation.player(), number);
                if (other != null) found.add(reservation.player() + " has two reservations in " + id);
                if (table.chairs().get(reservation.seat()).isPresent()) found.add("A taken seat is held in " + id);
            }
            if (table.host().player().isPresent() != table.taken() > 0
                    || table.host()
                            .player()
                            .filter(host -> table.seatOf(host).isEmpty())
                            .isPresent()) {
                found.add("Table " + number + " of " + id + " has the host " + table.host());
            }
        }
        if (!seats.equals(tableOf)) found.add("The seat index of " + id + " is wrong");
        if (!held.equals(heldAt)) found.add("The index of reservations of " + id + " is wrong");
        long places = held.keySet().stream()
                .filter(player -> !members.containsKey(player))
                .count();
        if (places != heldPlaces) found.add(id + " counts " + heldPlaces + " held places instead of " + places);
        waiters.keySet().stream()
                .filter(members::containsKey)
                .forEach(player -> found.add(player + " waits for " + id + " and is in it"));
        if (line.size() != waiters.size()) found.add("The wait-list of " + id + " is wrong");
        return found;
    }

    private void become(RoomSetup changed) {
        if (tables == null || tables.length != changed.tables() || setup.seatsPerTable() != changed.seatsPerTable()) {
            tables = new Table[changed.tables()];
            tableOf.clear();
            heldAt.clear();
            heldPlaces = 0;
            unpublished.clear();
            playing = 0;
            openByFree = new BitSet[changed.seatsPerTable() + 1];
            for (int free = 0; free < openByFree.length; free++) openByFree[free] = new BitSet();
            openByFree[changed.seatsPerTable()].set(0, changed.tables());
        }
        setup = changed;
    }

    private void become(int number, Table table) {
        if (!hasTable(number) || table.chairs().size() != setup.seatsPerTable()) {
            throw new IllegalArgumentException("Room " + id + " has no such table " + number);
        }
        var before = table(number);
        for (var chair : before.chairs()) {
            if (chair.isPresent()) tableOf.remove(chair.get().player(), number);
        }
        for (var chair : table.chairs()) {
            if (chair.isPresent()) tableOf.put(chair.get().player(), number);
        }
        if (!before.reservations().equals(table.reservations())) {
            before.reservations().forEach(reservation -> release(reservation.player(), number));
            table.reservations().forEach(reservation -> hold(reservation.player(), number));
        }
        if (before.isOpen()) openByFree[before.free()].clear(number);
        if (table.isOpen()) openByFree[table.free()].set(number);
        playing += (table.running().isPresent() ? 1 : 0) - (before.running().isPresent() ? 1 : 0);
        unpublished.set(number, !table.published());
        tables[number] = table;
    }

    private void release(PlayerId player, int table) {
        if (heldAt.remove(player, table) && !members.containsKey(player)) heldPlaces--;
    }

    private void hold(PlayerId player, int table) {
        if (heldAt.put(player, table) == null && !members.containsKey(player)) heldPlaces++;
    }
}

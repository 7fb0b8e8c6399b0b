package io.gamehall.room.domain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A room: its members and tables. Changes by {@link RoomEvent}s only. Confined to one thread.
 *
 * <p>Beside the facts it keeps what the rules ask for all the time: where each player sits, and the open tables by the
 * number of their free seats, so that no decision walks over the tables.
 */
public final class Room {
    private final RoomId id;
    private final Map<PlayerId, Member> members = new HashMap<>();
    private final Map<PlayerId, Integer> tableOf = new HashMap<>();
    private RoomSetup setup;
    private Table[] tables;
    /** Index: number of free seats, from 1; bits: numbers of the open tables with that many. */
    private BitSet[] openByFree;

    /** Numbers of the tables whose last round is not known to be published. */
    private final BitSet unpublished = new BitSet();

    private int playing;

    Room(RoomId id, RoomSetup setup) {
        this.id = id;
        become(setup);
    }

    Room(Room other) {
        id = other.id;
        setup = other.setup;
        members.putAll(other.members);
        tableOf.putAll(other.tableOf);
        tables = other.tables.clone();
        openByFree = new BitSet[other.openByFree.length];
        for (int free = 0; free < openByFree.length; free++) openByFree[free] = (BitSet) other.openByFree[free].clone();
        unpublished.or(other.unpublished);
        playing = other.playing;
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

    public int seatedCount() {
        return tableOf.size();
    }

    /** Tables at which a round runs. */
    public int playingCount() {
        return playing;
    }

    public boolean hasSpace() {
        return setup.open() && members.size() < setup.capacity();
    }

    public Optional<Member> member(PlayerId player) {
        return Optional.ofNullable(members.get(player));
    }

    /** All members, in the order of their ids. */
    public List<PlayerId> members() {
        return members.keySet().stream().sorted().toList();
    }

    /** The number of the table at which a player sits. */
    public Optional<Integer> tableOf(PlayerId player) {
        return Optional.ofNullable(tableOf.get(player));
    }

    /** The numbers of the tables whose last round is not known to be in {@code game-results}. */
    public List<Integer> unpublished() {
        return unpublished.stream().boxed().toList();
    }

    /** @throws IndexOutOfBoundsException if there is no table of that number */
    public Table table(int number) {
        var table = tables[number];
        return table == null ? Table.empty(setup.seatsPerTable()) : table;
    }

    public boolean hasTable(int number) {
        return number >= 0 && number < tables.length;
    }

    /** The open table with the fewest free seats, so that games start sooner; of several the first. */
    Optional<Integer> fullestOpenTable() {
        for (int free = 1; free < openByFree.length; free++) {
            int number = openByFree[free].nextSetBit(0);
            if (number >= 0) return Optional.of(number);
        }
        return Optional.empty();
    }

    void apply(RoomEvent event) {
        switch (event) {
            case RoomEvent.RoomChanged changed -> become(changed.setup());
            case RoomEvent.MemberChanged changed -> members.put(changed.player(), changed.member());
            case RoomEvent.MemberLeft left -> members.remove(left.player());
            case RoomEvent.TableChanged changed -> become(changed.number(), changed.table());
        }
    }

    /**
     * What in this room must never be; empty, always. For tests and for the check after a restore.
     */
    public List<String> violations() {
        var found = new ArrayList<String>();
        if (members.size() > setup.capacity()) found.add(id + " holds " + members.size() + " of " + setup.capacity());
        var seats = new HashMap<PlayerId, Integer>();
        for (int number = 0; number < tables.length; number++) {
            for (var chair : table(number).chairs()) {
                if (chair.isEmpty()) continue;
                var player = chair.get().player();
                var other = seats.put(player, number);
                if (other != null) found.add(player + " sits at tables " + other + " and " + number + " of " + id);
                if (!members.containsKey(player)) found.add(player + " sits in " + id + " without being a member");
            }
        }
        if (!seats.equals(tableOf)) found.add("The seat index of " + id + " is wrong");
        return found;
    }

    private void become(RoomSetup changed) {
        if (tables == null || tables.length != changed.tables() || setup.seatsPerTable() != changed.seatsPerTable()) {
            tables = new Table[changed.tables()];
            tableOf.clear();
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
            chair.ifPresent(gone -> tableOf.remove(gone.player(), number));
        }
        for (var chair : table.chairs()) {
            chair.ifPresent(taken -> tableOf.put(taken.player(), number));
        }
        if (before.isOpen()) openByFree[before.free()].clear(number);
        if (table.isOpen()) openByFree[table.free()].set(number);
        playing += (table.running().isPresent() ? 1 : 0) - (before.running().isPresent() ? 1 : 0);
        unpublished.set(number, !table.published());
        tables[number] = table;
    }
}

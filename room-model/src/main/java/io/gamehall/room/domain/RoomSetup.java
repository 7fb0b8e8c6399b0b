package io.gamehall.room.domain;

/**
 * What a room is, apart from who is in it.
 *
 * @param game for example {@code upgrade}; 1-32 characters of {@code [a-z0-9-]}
 * @param seatsPerTable 2-8; a round needs all of them. Never changes
 * @param tables 1-1,000. Never changes
 * @param capacity members and held places at most, 1-1,000; the classic cap is 400
 * @param open whether new members are let in
 * @param drainByMs of a closed room: when the members who are left are taken out; 0: never. Milliseconds since 1970
 */
public record RoomSetup(String game, int seatsPerTable, int tables, int capacity, boolean open, long drainByMs) {
    public static final int TABLES_MAX = 1_000;
    public static final int CAPACITY_MAX = 1_000;
    private static final int GAME_LENGTH_MAX = 32;

    public RoomSetup {
        if (game.isEmpty() || game.length() > GAME_LENGTH_MAX) {
            throw new IllegalArgumentException("A game's name has 1-32 characters");
        }
        within("seats per table", seatsPerTable, 2, 8);
        within("tables", tables, 1, TABLES_MAX);
        requireCapacity(capacity);
    }

    static void requireCapacity(int capacity) {
        within("capacity", capacity, 1, CAPACITY_MAX);
    }

    /** An open room with tables enough for all of its members to sit. */
    public static RoomSetup withTablesForAll(String game, int seatsPerTable, int capacity) {
        return new RoomSetup(game, seatsPerTable, Math.ceilDiv(capacity, seatsPerTable), capacity, true, 0);
    }

    RoomSetup reopened() {
        return new RoomSetup(game, seatsPerTable, tables, capacity, true, 0);
    }

    RoomSetup closed(long drainBy) {
        return new RoomSetup(game, seatsPerTable, tables, capacity, false, drainBy);
    }

    RoomSetup withCapacity(int changed) {
        return new RoomSetup(game, seatsPerTable, tables, changed, open, drainByMs);
    }

    private static void within(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " must be " + min + "-" + max + ", not " + value);
        }
    }
}

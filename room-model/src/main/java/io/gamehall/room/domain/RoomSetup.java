package io.gamehall.room.domain;

/**
 * What a room is, apart from who is in it.
 *
 * @param game for example {@code upgrade}; 1-32 characters
 * @param seatsPerTable 2-8; a round needs all of them
 * @param tables 1-1,000
 * @param capacity members at most, 1-1,000; the classic cap is 400
 * @param open whether new members are let in
 */
public record RoomSetup(String game, int seatsPerTable, int tables, int capacity, boolean open) {
    public static final int TABLES_MAX = 1_000;
    public static final int CAPACITY_MAX = 1_000;

    public RoomSetup {
        if (game.isEmpty() || game.length() > 32) throw new IllegalArgumentException("Not a game: '" + game + "'");
        within("seats per table", seatsPerTable, 2, 8);
        within("tables", tables, 1, TABLES_MAX);
        within("capacity", capacity, 1, CAPACITY_MAX);
    }

    /** A room with tables enough for all of its members to sit. */
    public static RoomSetup withTablesForAll(String game, int seatsPerTable, int capacity) {
        return new RoomSetup(game, seatsPerTable, Math.ceilDiv(capacity, seatsPerTable), capacity, true);
    }

    private static void within(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " must be " + min + "-" + max + ", not " + value);
        }
    }
}

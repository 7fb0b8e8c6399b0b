package io.gamehall.hallctl.drill.history;

/**
 * Where a player is, or may be.
 *
 * @param room empty: in none; {@link #ANY}: in some room
 * @param table {@link Call#NONE}: not seated; {@link #SOME}: at some table
 */
public record Place(String room, int table, int seat) {
    public static final String ANY = "*";
    public static final int SOME = -2;
    public static final Place OUT = new Place("", Call.NONE, Call.NONE);

    public static Place in(String room) {
        return new Place(room, Call.NONE, Call.NONE);
    }

    public static Place somewhereAtATableOf(String room) {
        return new Place(room, SOME, SOME);
    }

    public boolean isSeated() {
        return table != Call.NONE;
    }

    public boolean isOut() {
        return room.isEmpty();
    }

    /** Whether a player who really is at {@code actual} fits this description. */
    public boolean fits(Place actual) {
        if (room.equals(ANY)) return !actual.isOut();
        if (!room.equals(actual.room)) return false;
        return table == SOME ? actual.isSeated() : table == actual.table && seat == actual.seat;
    }

    @Override
    public String toString() {
        if (isOut()) return "in no room";
        if (!isSeated()) return "in " + room;
        return table == SOME ? "at a table of " + room : "at " + room + "/" + table + " seat " + seat;
    }
}

package io.gamehall.hallctl.drill.check;

/** A round at a table. */
public record RoundId(String room, int table, long number) implements Comparable<RoundId> {
    @Override
    public int compareTo(RoundId other) {
        return java.util.Comparator.comparing(RoundId::room)
                .thenComparing(RoundId::table)
                .thenComparing(RoundId::number)
                .compare(this, other);
    }

    /** Of one player's result in game-results. */
    public String factId(String player) {
        return this + "/" + player;
    }

    @Override
    public String toString() {
        return room + "/" + table + "/" + number;
    }
}

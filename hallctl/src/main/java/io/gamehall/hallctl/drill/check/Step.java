package io.gamehall.hallctl.drill.check;

/**
 * One change of one player that the journal tells, under a term that is believed.
 *
 * @param atMs when the owner wrote it, milliseconds since 1970
 * @param table {@link io.gamehall.hallctl.drill.history.Call#NONE} if it is not about a table
 * @param round 0 if it is not about a round
 */
public record Step(
        Kind kind, long player, int partition, long offset, long atMs, String room, int table, int seat, long round) {
    /** What changed. */
    public enum Kind {
        ENTERED,
        LEFT,
        SEATED,
        STOOD,
        READIED,
        /** A round of the player began: by whoever of them was ready last. */
        STARTED,
        REPORTED,
        /** A round of the player ended. */
        SETTLED;

        /** Whether only a call of the player's own may bring it about. */
        boolean isByThePlayer() {
            return this != STARTED && this != SETTLED;
        }
    }

    @Override
    public String toString() {
        return "%d %s %s%s%s%s (partition %d, offset %d)"
                .formatted(
                        atMs,
                        kind,
                        room,
                        table < 0 ? "" : "/" + table,
                        seat < 0 ? "" : " seat " + seat,
                        round == 0 ? "" : " round " + round,
                        partition,
                        offset);
    }
}

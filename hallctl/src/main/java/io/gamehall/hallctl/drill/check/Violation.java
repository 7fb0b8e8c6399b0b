package io.gamehall.hallctl.drill.check;

/**
 * Something that must never be.
 *
 * @param player whom it concerns; 0: nobody alone
 * @param atMs about when, milliseconds since 1970; 0: at the end
 */
public record Violation(Kind kind, long player, long atMs, String what) {
    /** As the drills count them. */
    public enum Kind {
        /** What was acknowledged, or settled, is not there. */
        LOST,
        /** What was asked once took effect twice; what nobody asked for happened; or two share what is one's own. */
        DOUBLED,
        /** A room with more members than it takes. */
        OVER_CAP
    }

    @Override
    public String toString() {
        return kind + (player == 0 ? "" : " player " + Long.toUnsignedString(player)) + ": " + what;
    }
}

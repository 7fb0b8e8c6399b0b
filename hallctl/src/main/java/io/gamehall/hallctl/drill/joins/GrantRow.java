package io.gamehall.hallctl.drill.joins;

/**
 * A reward that stands as given.
 *
 * @param source the id of the join that it was given for
 */
public record GrantRow(long player, String activity, String source) {
    /** That of a join. */
    static GrantRow of(LedgerRow join) {
        var source = join.activity() + ":" + Long.toUnsignedString(join.player()) + ":" + join.ordinal();
        return new GrantRow(join.player(), join.activity(), source);
    }
}

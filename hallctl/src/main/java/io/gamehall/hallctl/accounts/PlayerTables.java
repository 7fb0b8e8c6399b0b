package io.gamehall.hallctl.accounts;

import java.util.Map;

/**
 * What becomes of each table with a column {@code player_id} when an account moves to another region. A test compares
 * the list with the schema: who adds such a table has to decide.
 */
public final class PlayerTables {
    /** What becomes of a player's rows. */
    public enum Treatment {
        /** They are the player's, and go along as they are. They stay behind, too, for repeats to be told by. */
        MOVED,
        /** They belong to the region. */
        STAYS,
        /** They are work that is still to be done: the account waits until there are none. */
        SETTLED_FIRST,
        /** The account itself and what leads to it: {@link CellAccounts} knows them. */
        ACCOUNT
    }

    /** By table; all that a database lacks are left out. */
    public static final Map<String, Treatment> ALL = Map.ofEntries(
            Map.entry("account", Treatment.ACCOUNT),
            Map.entry("account_identity", Treatment.ACCOUNT),
            // The quota that a join used up is the region's.
            Map.entry("activity_join", Treatment.STAYS),
            Map.entry("score_fact", Treatment.MOVED),
            Map.entry("player_score", Treatment.MOVED),
            Map.entry("reward_grant", Treatment.MOVED),
            Map.entry("reward_change", Treatment.MOVED),
            Map.entry("reward_change_due", Treatment.SETTLED_FIRST),
            Map.entry("player_points", Treatment.MOVED),
            Map.entry("player_holding", Treatment.MOVED),
            Map.entry("achievement_fact", Treatment.MOVED),
            Map.entry("achievement_chunk", Treatment.MOVED),
            Map.entry("achievement_place", Treatment.MOVED));

    private PlayerTables() {}
}

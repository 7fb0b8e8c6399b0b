package io.gamehall.hallctl.accounts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All tables that have a column {@code player_id}, and what becomes of their rows when an account moves to another
 * region. A test compares the list with the schema: who adds such a table has to decide.
 */
final class PlayerTables {
    /** What becomes of a player's rows. */
    enum Treatment {
        /** Go along. A row is never changed or deleted once it is there: that is how a fact of the other side is told. */
        FACTS,
        /** Go along, and change with the facts. */
        SUMS,
        /** Belong to the region. */
        STAYS,
        /** Are work that is still to be done: the account waits until there are none. */
        DONE_FIRST,
        /** The account itself and what leads to it: {@link CellAccounts} knows them. */
        ACCOUNT
    }

    static final Map<String, Treatment> ALL = Map.ofEntries(
            Map.entry("account", Treatment.ACCOUNT),
            Map.entry("account_identity", Treatment.ACCOUNT),
            // The quota that a join used up is the region's.
            Map.entry("activity_join", Treatment.STAYS),
            Map.entry("score_fact", Treatment.FACTS),
            Map.entry("player_score", Treatment.SUMS),
            Map.entry("reward_grant", Treatment.FACTS),
            Map.entry("reward_change", Treatment.FACTS),
            Map.entry("reward_change_due", Treatment.DONE_FIRST),
            Map.entry("player_points", Treatment.SUMS),
            Map.entry("player_holding", Treatment.SUMS),
            Map.entry("achievement_fact", Treatment.FACTS),
            Map.entry("achievement_chunk", Treatment.SUMS),
            Map.entry("achievement_place", Treatment.SUMS));

    private PlayerTables() {}

    /** In the order of their names. */
    static List<String> of(Treatment... treatments) {
        var wanted = Set.of(treatments);
        return ALL.keySet().stream()
                .filter(table -> wanted.contains(ALL.get(table)))
                .sorted()
                .toList();
    }

    /** @throws IllegalStateException if a database has other tables of players than this program knows */
    static void require(Connection database) throws SQLException {
        var found = new TreeSet<String>();
        try (var columns = database.getMetaData().getColumns(database.getCatalog(), null, "%", "player_id")) {
            while (columns.next()) found.add(columns.getString("TABLE_NAME"));
        }
        if (!found.equals(ALL.keySet())) {
            throw new IllegalStateException("The tables of players in " + database.getCatalog() + " are " + found
                    + ", and this program knows " + new TreeSet<>(ALL.keySet())
                    + ": both cells and the program have to be of one version");
        }
    }
}

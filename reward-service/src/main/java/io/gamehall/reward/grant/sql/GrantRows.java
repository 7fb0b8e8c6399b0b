package io.gamehall.reward.grant.sql;

import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantChange;
import io.gamehall.reward.grant.domain.GrantChange.What;
import io.gamehall.reward.grant.domain.Reward;
import io.gamehall.reward.grant.domain.StandingGrant;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Rows of {@code reward_grant}, with those of {@code reward_change} or without. */
final class GrantRows {
    /** Of a row of {@code reward_grant}. */
    static final String SELECT = "SELECT player_id, source_id, activity_id, kind, name, amount, granted_at_ms,"
            + " claim_until_ms FROM reward_grant";
    /** Of {@code g}, a row of {@code reward_grant}: what {@link #grant} reads. */
    static final String GRANT =
            "g.player_id, g.source_id, g.activity_id, g.kind, g.name, g.amount, g.granted_at_ms," + " g.claim_until_ms";
    /** Of {@code c}, a row of {@code reward_change}: what {@link #change} reads behind {@link #GRANT}. */
    static final String CHANGE = "c.ordinal, c.what, c.delta, c.at_ms, c.by_player, c.why";

    private static final int CHANGE_AT = 8;

    private GrantRows() {}

    /** The grants of a query with what became of them, newest first. */
    static String withChanges(String grants) {
        return "SELECT " + GRANT + ", " + CHANGE + " FROM (" + grants + ") g LEFT JOIN reward_change c"
                + " ON c.player_id = g.player_id AND c.source_id = g.source_id"
                + " ORDER BY g.granted_at_ms DESC, g.source_id DESC, c.ordinal";
    }

    static Grant grant(Row row) {
        return new Grant(
                new FactKey(row.getLong(0), row.getString(1)),
                row.getString(2),
                new Reward(row.getString(3), row.getString(4), row.getLong(5)),
                row.getLong(6),
                row.getLong(7));
    }

    static boolean hasChange(Row row) {
        return row.getValue(CHANGE_AT) != null;
    }

    static GrantChange change(Row row) {
        return new GrantChange(
                row.getInteger(CHANGE_AT),
                What.valueOf(row.getString(CHANGE_AT + 1)),
                row.getLong(CHANGE_AT + 2),
                row.getLong(CHANGE_AT + 3),
                row.getLong(CHANGE_AT + 4),
                row.getString(CHANGE_AT + 5));
    }

    /** Reads what {@link #withChanges} asked for. */
    static List<StandingGrant> standing(RowSet<Row> rows) {
        var changes = new LinkedHashMap<Grant, List<GrantChange>>();
        for (var row : rows) {
            var ofGrant = changes.computeIfAbsent(grant(row), grant -> new ArrayList<>());
            if (hasChange(row)) ofGrant.add(change(row));
        }
        var standing = new ArrayList<StandingGrant>(changes.size());
        changes.forEach((grant, ofGrant) -> standing.add(new StandingGrant(grant, ofGrant)));
        return standing;
    }
}

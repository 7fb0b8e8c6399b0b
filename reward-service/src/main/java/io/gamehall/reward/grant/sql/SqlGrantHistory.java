package io.gamehall.reward.grant.sql;

import io.gamehall.reward.grant.GrantHistory;
import io.gamehall.reward.grant.domain.Holdings;
import io.gamehall.reward.grant.domain.Holdings.Holding;
import io.gamehall.reward.grant.domain.LedgerEntry;
import io.gamehall.reward.grant.domain.Page;
import io.gamehall.reward.grant.domain.Page.Moment;
import io.gamehall.reward.grant.domain.Page.Place;
import io.gamehall.reward.grant.domain.Page.Query;
import io.gamehall.reward.grant.domain.StandingGrant;
import io.gamehall.reward.store.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Optional;

/** Pages through indexes that begin with the player: a page costs the same wherever it lies. */
@ApplicationScoped
class SqlGrantHistory implements GrantHistory {
    private static final String NEWEST_GRANTS = " ORDER BY granted_at_ms DESC, source_id DESC LIMIT ?";
    private static final String FIRST_GRANTS =
            GrantRows.withChanges(GrantRows.SELECT + " WHERE player_id = ?" + NEWEST_GRANTS);
    private static final String LATER_GRANTS = GrantRows.withChanges(GrantRows.SELECT
            + " WHERE player_id = ? AND granted_at_ms <= ? AND (granted_at_ms < ? OR source_id < ?)" + NEWEST_GRANTS);
    /** What was given at once is its own entry; what was claimed or taken back has one of its own. */
    private static final String LEDGER = "(SELECT " + GrantRows.GRANT
            + ", NULL AS ordinal, NULL AS what, NULL AS delta, NULL AS at_ms, NULL AS by_player, NULL AS why,"
            + " granted_at_ms AS moment, 0 AS nth FROM reward_grant g WHERE player_id = ? AND claim_until_ms = 0"
            + " AND granted_at_ms <= ? AND (granted_at_ms < ? OR source_id < ? OR (source_id = ? AND 0 < ?))"
            + " ORDER BY granted_at_ms DESC, source_id DESC LIMIT ?)"
            + " UNION ALL (SELECT " + GrantRows.GRANT + ", " + GrantRows.CHANGE
            + ", c.at_ms AS moment, c.ordinal AS nth FROM reward_change c"
            + " JOIN reward_grant g ON g.player_id = c.player_id AND g.source_id = c.source_id"
            + " WHERE c.player_id = ? AND c.delta <> 0"
            + " AND c.at_ms <= ? AND (c.at_ms < ? OR c.source_id < ? OR (c.source_id = ? AND c.ordinal < ?))"
            + " ORDER BY c.at_ms DESC, c.source_id DESC, c.ordinal DESC LIMIT ?)"
            + " ORDER BY moment DESC, source_id DESC, nth DESC LIMIT ?";

    private static final Moment NEWEST = new Moment(Long.MAX_VALUE, "", 0);
    private static final String POINTS = "SELECT points FROM player_points WHERE player_id = ?";
    private static final String HOLDINGS = "SELECT kind, name, amount FROM player_holding WHERE player_id = ?"
            + " AND kind >= ? AND (kind > ? OR name > ?) AND amount <> 0 ORDER BY kind, name LIMIT ?";

    private final Database database;

    SqlGrantHistory(Database database) {
        this.database = database;
    }

    @Override
    public Uni<Page<StandingGrant, Moment>> grants(Query<Moment> query) {
        var limit = query.limit() + 1;
        var rows = query.after()
                .map(after -> database.query(
                        LATER_GRANTS, Tuple.of(query.player(), after.atMs(), after.atMs(), after.source(), limit)))
                .orElseGet(() -> database.query(FIRST_GRANTS, Tuple.of(query.player(), limit)));
        return rows.map(found -> Page.of(
                GrantRows.standing(found),
                query.limit(),
                last -> new Moment(
                        last.grant().grantedAtMs(), last.grant().key().id(), 0)));
    }

    @Override
    public Uni<Page<LedgerEntry, Moment>> ledger(Query<Moment> query) {
        var limit = query.limit() + 1;
        var parameters = new ArrayList<>();
        for (var part = 0; part < 2; part++) {
            var after = query.after().orElse(NEWEST);
            parameters.add(query.player());
            parameters.add(after.atMs());
            parameters.add(after.atMs());
            parameters.add(after.source());
            parameters.add(after.source());
            parameters.add(after.ordinal());
            parameters.add(limit);
        }
        parameters.add(limit);
        return database.query(LEDGER, Tuple.tuple(parameters)).map(rows -> {
            var found = new ArrayList<LedgerEntry>();
            for (var row : rows) {
                var change = Optional.of(row).filter(GrantRows::hasChange).map(GrantRows::change);
                found.add(new LedgerEntry(GrantRows.grant(row), change));
            }
            return Page.of(found, query.limit(), LedgerEntry::moment);
        });
    }

    @Override
    public Uni<Holdings> holdings(Query<Place> query) {
        var after = query.after().orElse(new Place("", ""));
        var page = database.query(
                        HOLDINGS,
                        Tuple.of(
                                query.player(),
                                after.kind(),
                                after.kind(),
                                Buffer.buffer(after.name()),
                                query.limit() + 1))
                .map(rows -> {
                    var found = new ArrayList<Holding>();
                    for (var row : rows) {
                        found.add(new Holding(row.getString(0), BalanceRows.name(row, 1), row.getLong(2)));
                    }
                    return Page.of(found, query.limit(), Holding::place);
                });
        return database.query(POINTS, Tuple.of(query.player()))
                .map(rows -> {
                    var points = 0L;
                    for (var row : rows) points = row.getLong(0);
                    return points;
                })
                .chain(points -> page.map(others -> new Holdings(points, others)));
    }
}

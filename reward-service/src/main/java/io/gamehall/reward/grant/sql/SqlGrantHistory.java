package io.gamehall.reward.grant.sql;

import io.gamehall.reward.grant.GrantHistory;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantPage;
import io.gamehall.reward.store.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;

/** Pages through index {@code reward_grant_by_time}: a page costs the same wherever it lies. */
@ApplicationScoped
class SqlGrantHistory implements GrantHistory {
    private static final String NEWEST = " ORDER BY granted_at_ms DESC, source_id DESC LIMIT ?";
    private static final String FIRST_PAGE = GrantRows.SELECT + " WHERE player_id = ?" + NEWEST;
    private static final String LATER_PAGE = GrantRows.SELECT
            + " WHERE player_id = ? AND granted_at_ms <= ? AND (granted_at_ms < ? OR source_id < ?)" + NEWEST;

    private final Database database;

    SqlGrantHistory(Database database) {
        this.database = database;
    }

    @Override
    public Uni<GrantPage> page(GrantPage.Query query) {
        return rows(query).map(rows -> {
            var found = new ArrayList<Grant>();
            for (var row : rows) found.add(GrantRows.grant(row));
            return GrantPage.of(found, query.limit());
        });
    }

    private Uni<RowSet<Row>> rows(GrantPage.Query query) {
        var limit = query.limit() + 1;
        return query.before()
                .map(before -> database.query(
                        LATER_PAGE,
                        Tuple.of(query.player(), before.grantedAtMs(), before.grantedAtMs(), before.source(), limit)))
                .orElseGet(() -> database.query(FIRST_PAGE, Tuple.of(query.player(), limit)));
    }
}

package io.gamehall.reward.grant.sql;

import io.gamehall.reward.grant.GrantLedger;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantRules;
import io.gamehall.reward.grant.domain.Granting;
import io.gamehall.reward.grant.domain.Granting.Change;
import io.gamehall.reward.grant.domain.JoinFact;
import io.gamehall.reward.grant.domain.Points;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.store.sql.Batch;
import io.gamehall.reward.store.sql.Database;
import io.gamehall.reward.store.sql.Upsert;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Grants in {@code reward_grant}, which also explains {@code player_points}: four statements for a batch at most. */
@ApplicationScoped
class SqlGrants implements GrantLedger {
    private static final String SELECT_POINTS = "SELECT player_id, points, version FROM player_points";
    private static final String INSERT_GRANTS =
            "INSERT INTO reward_grant (player_id, source_id, activity_id, kind, name, amount, granted_at_ms)";
    /** Rows carry differences; version is the new one. */
    private static final Upsert UPSERT_POINTS =
            new Upsert("player_points", List.of("player_id"), List.of("points", "grants"), "VALUES(grants)");

    private final Database database;

    SqlGrants(Database database) {
        this.database = database;
    }

    @Override
    public Uni<Entry<Grant>> record(List<JoinFact> joins) {
        var keys = new TreeSet<FactKey>();
        var players = new TreeSet<Long>();
        for (var join : joins) {
            keys.add(join.key());
            players.add(join.key().player());
        }
        return database.transaction(connection -> known(connection, keys)
                .chain(known -> points(connection, players).map(points -> GrantRules.grant(joins, known, points)))
                .call(granting -> write(connection, granting))
                .map(granting ->
                        new Entry<>(granting.effects(), granting.changes().size())));
    }

    private static Uni<Map<FactKey, Grant>> known(SqlConnection connection, SortedSet<FactKey> keys) {
        return connection
                .preparedQuery(Batch.whereAny(GrantRows.SELECT, "player_id = ? AND source_id = ?", keys.size()))
                .execute(Batch.parameters(keys, key -> List.of(key.player(), key.id())))
                .map(rows -> {
                    var known = new HashMap<FactKey, Grant>();
                    for (var row : rows) {
                        var grant = GrantRows.grant(row);
                        known.put(grant.key(), grant);
                    }
                    return known;
                });
    }

    private static Uni<Map<Long, Points>> points(SqlConnection connection, SortedSet<Long> players) {
        return connection
                .preparedQuery(Batch.whereAny(SELECT_POINTS, "player_id = ?", players.size()))
                .execute(Batch.parameters(players, List::of))
                .map(rows -> {
                    var points = new HashMap<Long, Points>();
                    for (var row : rows) points.put(row.getLong(0), new Points(row.getLong(1), row.getLong(2)));
                    return points;
                });
    }

    private static Uni<Void> write(SqlConnection connection, Granting granting) {
        if (granting.fresh().isEmpty()) return Uni.createFrom().voidItem();
        var inserted = insert(connection, granting.fresh());
        return granting.changes().isEmpty() ? inserted : inserted.chain(() -> upsert(connection, granting.changes()));
    }

    private static Uni<Void> insert(SqlConnection connection, SortedMap<FactKey, Grant> fresh) {
        return connection
                .preparedQuery(Batch.insert(INSERT_GRANTS, 7, fresh.size(), ""))
                .execute(Batch.parameters(
                        fresh.values(),
                        grant -> List.of(
                                grant.key().player(),
                                grant.key().id(),
                                grant.activity(),
                                grant.reward().kind(),
                                grant.reward().name(),
                                grant.reward().amount(),
                                grant.grantedAtMs())))
                .replaceWithVoid();
    }

    private static Uni<Void> upsert(SqlConnection connection, SortedMap<Long, Change> changes) {
        var present = (int) changes.values().stream()
                .filter(change -> change.before().version() > 0)
                .count();
        return UPSERT_POINTS.execute(
                connection, changes.size() - present, present, Batch.parameters(changes.entrySet(), entry -> {
                    var before = entry.getValue().before();
                    var after = entry.getValue().after();
                    return List.of(
                            entry.getKey(),
                            after.points() - before.points(),
                            after.version() - before.version(),
                            after.version());
                }));
    }
}

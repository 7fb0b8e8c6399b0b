package io.gamehall.reward.grant.sql;

import io.gamehall.platform.Cell;
import io.gamehall.reward.grant.DueChange;
import io.gamehall.reward.grant.DueChanges;
import io.gamehall.reward.grant.GrantChanges;
import io.gamehall.reward.grant.domain.ChangeRules;
import io.gamehall.reward.grant.domain.ChangeRules.Command;
import io.gamehall.reward.grant.domain.ChangeRules.Decision;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantChange;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.store.sql.Batch;
import io.gamehall.reward.store.sql.Database;
import io.gamehall.reward.store.sql.ManyRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of grants, in {@code reward_change}. Nothing is locked by reading: of two who decide on one grant at once
 * both see the same changes and insert the next one under the same key, so one of them fails, and sees the other's on
 * its next try.
 */
@ApplicationScoped
class SqlGrantChanges implements GrantChanges, DueChanges {
    /** Not locked: who moves an account waits for longer than a transaction takes before its rows are copied. */
    private static final String ELSEWHERE =
            "SELECT other_region FROM account WHERE region = ? AND player_id = ? AND state <> 'LIVE'";

    private static final String ONE =
            GrantRows.withChanges(GrantRows.SELECT + " WHERE player_id = ? AND source_id = ?");
    private static final String INSERT_CHANGE =
            "INSERT INTO reward_change (player_id, source_id, ordinal, what, delta, at_ms, by_player, why)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_DUE =
            "INSERT INTO reward_change_due (player_id, source_id, ordinal) VALUES (?, ?, ?)";
    private static final String SOME_DUE = "SELECT " + GrantRows.GRANT + ", " + GrantRows.CHANGE
            + " FROM (SELECT player_id, source_id, ordinal FROM reward_change_due LIMIT ?) d"
            + " JOIN reward_change c"
            + " ON c.player_id = d.player_id AND c.source_id = d.source_id AND c.ordinal = d.ordinal"
            + " JOIN reward_grant g ON g.player_id = d.player_id AND g.source_id = d.source_id";
    private static final ManyRows DELETE_DUE =
            ManyRows.whereAny("DELETE FROM reward_change_due", "player_id = ? AND source_id = ? AND ordinal = ?", 3);

    private final Database database;
    private final String region;

    SqlGrantChanges(Database database, Cell cell) {
        this.database = database;
        this.region = cell.name();
    }

    @Override
    public Uni<Optional<Decision>> change(FactKey key, Command command) {
        return database.transaction(connection -> connection
                .preparedQuery(ELSEWHERE)
                .execute(Tuple.of(region, key.player()))
                .chain(away -> {
                    for (var row : away) {
                        Decision elsewhere = new Decision.Elsewhere(row.getString(0));
                        return Uni.createFrom().item(Optional.of(elsewhere));
                    }
                    return decide(connection, key, command);
                }));
    }

    private static Uni<Optional<Decision>> decide(SqlConnection connection, FactKey key, Command command) {
        return connection
                .preparedQuery(ONE)
                .execute(Tuple.of(key.player(), key.id()))
                .chain(rows -> {
                    var found = GrantRows.standing(rows);
                    if (found.isEmpty()) return Uni.createFrom().item(Optional.empty());
                    var decision = ChangeRules.decide(found.getFirst(), command);
                    return record(connection, decision).replaceWith(Optional.of(decision));
                });
    }

    private static Uni<Void> record(SqlConnection connection, Decision decision) {
        return switch (decision) {
            case Decision.Changed(var after, var change) -> record(connection, after.grant(), change);
            case Decision.Stands _, Decision.Refused _, Decision.Elsewhere _ ->
                Uni.createFrom().voidItem();
        };
    }

    private static Uni<Void> record(SqlConnection connection, Grant grant, GrantChange change) {
        var key = List.<Object>of(grant.key().player(), grant.key().id(), change.ordinal());
        var row = new ArrayList<>(key);
        row.addAll(List.of(change.what().name(), change.delta(), change.atMs(), change.by(), change.why()));
        return connection
                .preparedQuery(INSERT_CHANGE)
                .execute(Tuple.tuple(row))
                .chain(() -> connection.preparedQuery(INSERT_DUE).execute(Tuple.tuple(new ArrayList<>(key))))
                .chain(() -> BalanceRows.add(connection, grant.holding(), change));
    }

    @Override
    public Uni<List<DueChange>> some(int max) {
        return database.query(SOME_DUE, Tuple.of(max)).map(rows -> {
            var due = new ArrayList<DueChange>();
            for (var row : rows) due.add(new DueChange(GrantRows.grant(row), GrantRows.change(row)));
            return due;
        });
    }

    @Override
    public Uni<Void> told(List<DueChange> changes) {
        var keys = Batch.parameters(
                changes,
                due -> List.of(
                        due.grant().key().player(),
                        due.grant().key().id(),
                        due.change().ordinal()));
        return database.transaction(connection -> DELETE_DUE.execute(connection, keys))
                .replaceWithVoid();
    }
}

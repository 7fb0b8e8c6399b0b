package io.gamehall.reward.grant.sql;

import io.gamehall.reward.grant.domain.Balance;
import io.gamehall.reward.grant.domain.GrantChange;
import io.gamehall.reward.grant.domain.Granting.Change;
import io.gamehall.reward.grant.domain.HoldingKey;
import io.gamehall.reward.store.sql.Batch;
import io.gamehall.reward.store.sql.ManyRows;
import io.gamehall.reward.store.sql.Upsert;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Balances: points in {@code player_points}, everything else in {@code player_holding}. */
enum BalanceRows {
    POINTS(
            ManyRows.whereIn("SELECT player_id, points, version FROM player_points", "player_id"),
            new Upsert("player_points", List.of("player_id"), List.of("points", "grants"), "VALUES(grants)"),
            "INSERT INTO player_points (player_id, points, grants, version) VALUES (?, ?, 0, 0)"
                    + " ON DUPLICATE KEY UPDATE points = points + VALUES(points)") {
        @Override
        List<Object> parameters(HoldingKey key) {
            return List.of(key.player());
        }

        @Override
        HoldingKey key(Row row) {
            return HoldingKey.points(row.getLong(0));
        }
    },
    OTHERS(
            ManyRows.whereAny(
                    "SELECT player_id, amount, version, kind, name FROM player_holding",
                    "player_id = ? AND kind = ? AND name = ?",
                    3),
            new Upsert(
                    "player_holding",
                    List.of("player_id", "kind", "name"),
                    List.of("amount", "grants"),
                    "VALUES(grants)"),
            "INSERT INTO player_holding (player_id, kind, name, amount, grants, version) VALUES (?, ?, ?, ?, 0, 0)"
                    + " ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount)") {
        @Override
        List<Object> parameters(HoldingKey key) {
            return List.of(key.player(), key.kind(), Buffer.buffer(key.name()));
        }

        @Override
        HoldingKey key(Row row) {
            return new HoldingKey(row.getLong(0), row.getString(3), name(row, 4));
        }
    };

    private final ManyRows select;
    private final Upsert upsert;
    private final String add;

    BalanceRows(ManyRows select, Upsert upsert, String add) {
        this.select = select;
        this.upsert = upsert;
        this.add = add;
    }

    abstract List<Object> parameters(HoldingKey key);

    abstract HoldingKey key(Row row);

    /** A name that is kept as bytes. */
    static String name(Row row, int column) {
        return row.getBuffer(column).toString();
    }

    private static BalanceRows of(HoldingKey key) {
        return key.isPoints() ? POINTS : OTHERS;
    }

    /** What stands; keys without a row are left out. */
    static Uni<Map<HoldingKey, Balance>> read(SqlConnection connection, Collection<HoldingKey> keys) {
        var found = new HashMap<HoldingKey, Balance>();
        var reads = Uni.createFrom().voidItem();
        for (var table : values()) {
            var mine = keys.stream().filter(key -> of(key) == table).toList();
            reads = reads.chain(() -> table.read(connection, mine, found));
        }
        return reads.replaceWith(found);
    }

    private Uni<Void> read(SqlConnection connection, List<HoldingKey> keys, Map<HoldingKey, Balance> found) {
        return select.select(connection, Batch.parameters(keys, this::parameters))
                .invoke(rows -> rows.forEach(row -> found.put(key(row), new Balance(row.getLong(1), row.getLong(2)))))
                .replaceWithVoid();
    }

    /**
     * Writes balances by version.
     *
     * @param stand what {@link #read} found: a row that claims alone have made is of version 0, and stands
     */
    static Uni<Void> write(
            SqlConnection connection, SortedMap<HoldingKey, Change> changes, Map<HoldingKey, Balance> stand) {
        var writes = Uni.createFrom().voidItem();
        for (var table : values()) {
            var mine = new TreeMap<>(changes);
            mine.keySet().removeIf(key -> of(key) != table);
            writes = writes.chain(() -> table.upsert(connection, mine, stand));
        }
        return writes;
    }

    private Uni<Void> upsert(
            SqlConnection connection, SortedMap<HoldingKey, Change> changes, Map<HoldingKey, Balance> stand) {
        var present = (int) changes.keySet().stream().filter(stand::containsKey).count();
        var parameters = Batch.parameters(changes.entrySet(), entry -> {
            var before = entry.getValue().before();
            var after = entry.getValue().after();
            var row = new ArrayList<>(parameters(entry.getKey()));
            row.addAll(List.of(after.amount() - before.amount(), after.version() - before.version(), after.version()));
            return row;
        });
        return upsert.execute(connection, changes.size() - present, present, parameters);
    }

    /**
     * Adds what a change is about, whatever stands: who writes by version is not in its way, nor it in theirs. That it is
     * added once is the work of the change's own row.
     */
    static Uni<Void> add(SqlConnection connection, HoldingKey key, GrantChange change) {
        if (change.delta() == 0) return Uni.createFrom().voidItem();
        var table = of(key);
        var row = new ArrayList<>(table.parameters(key));
        row.add(change.delta());
        return connection.preparedQuery(table.add).execute(Tuple.tuple(row)).replaceWithVoid();
    }
}

package io.gamehall.reward.achievement.sql;

import io.gamehall.reward.achievement.domain.AchievementReport;
import io.gamehall.reward.achievement.domain.AchievementRules;
import io.gamehall.reward.achievement.domain.Chunk;
import io.gamehall.reward.achievement.domain.ChunkKey;
import io.gamehall.reward.achievement.domain.Counted;
import io.gamehall.reward.achievement.domain.Merge;
import io.gamehall.reward.achievement.domain.Present;
import io.gamehall.reward.achievement.domain.ReportKey;
import io.gamehall.reward.achievement.domain.SetKey;
import io.gamehall.reward.achievement.domain.TypeKey;
import io.gamehall.reward.store.sql.Batch;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a batch of reports needs to know. The filled chunks are asked for only where a type may stand in one. */
final class AchievementReads {
    private static final String SELECT_CHUNKS =
            "SELECT player_id, role, chunk, filled, types, version, body FROM achievement_chunk";
    private static final String SELECT_PLACES = "SELECT player_id, role, chunk FROM achievement_place";
    private static final String SELECT_FACTS =
            "SELECT player_id, role, fact_id, type, value, total_after, at_ms FROM achievement_fact";

    private AchievementReads() {}

    static Uni<Present> present(SqlConnection connection, List<AchievementReport> reports) {
        var newestKeys = new TreeSet<ChunkKey>();
        var sums = new TreeSet<ReportKey>();
        for (var report : reports) {
            newestKeys.add(new ChunkKey(report.set(), Chunk.NEWEST));
            if (report.merge() == Merge.SUM)
                sums.add(new ReportKey(report.set(), report.key().id()));
        }
        return chunks(connection, newestKeys).chain(found -> {
            var newest = new TreeMap<SetKey, Chunk>();
            found.forEach((key, chunk) -> newest.put(key.set(), chunk));
            return filled(connection, AchievementRules.elsewhere(reports, newest))
                    .chain(filled -> counted(connection, sums).map(counted -> new Present(newest, filled, counted)));
        });
    }

    private static Uni<Map<ChunkKey, Chunk>> filled(SqlConnection connection, SortedSet<TypeKey> types) {
        if (types.isEmpty()) return Uni.createFrom().item(Map.of());
        return connection
                .preparedQuery(Batch.whereAny(SELECT_PLACES, "player_id = ? AND role = ? AND type = ?", types.size()))
                .execute(Batch.parameters(
                        types, key -> List.of(key.set().player(), key.set().role(), key.type())))
                .map(rows -> {
                    var keys = new TreeSet<ChunkKey>();
                    for (var row : rows) keys.add(key(row));
                    return keys;
                })
                .chain(keys -> chunks(connection, keys));
    }

    private static Uni<Map<ChunkKey, Chunk>> chunks(SqlConnection connection, SortedSet<ChunkKey> keys) {
        if (keys.isEmpty()) return Uni.createFrom().item(Map.of());
        return byKey(connection, SELECT_CHUNKS, keys).map(rows -> {
            var chunks = new TreeMap<ChunkKey, Chunk>();
            for (var row : rows) {
                chunks.put(
                        key(row),
                        new Chunk(
                                row.getInteger(3),
                                row.getInteger(4),
                                row.getLong(5),
                                ChunkFormat.read(row.getBuffer(6).getDelegate())));
            }
            return chunks;
        });
    }

    private static Uni<RowSet<Row>> byKey(SqlConnection connection, String select, Collection<ChunkKey> keys) {
        return connection
                .preparedQuery(Batch.whereAny(select, "player_id = ? AND role = ? AND chunk = ?", keys.size()))
                .execute(Batch.parameters(
                        keys, key -> List.of(key.set().player(), key.set().role(), key.number())));
    }

    private static Uni<Map<ReportKey, Counted>> counted(SqlConnection connection, SortedSet<ReportKey> keys) {
        if (keys.isEmpty()) return Uni.createFrom().item(Map.of());
        return connection
                .preparedQuery(Batch.whereAny(SELECT_FACTS, "player_id = ? AND role = ? AND fact_id = ?", keys.size()))
                .execute(Batch.parameters(
                        keys, key -> List.of(key.set().player(), key.set().role(), key.fact())))
                .map(rows -> {
                    var counted = new TreeMap<ReportKey, Counted>();
                    for (var row : rows) {
                        counted.put(
                                new ReportKey(set(row), row.getString(2)),
                                new Counted(row.getString(3), row.getLong(4), row.getLong(5), row.getLong(6)));
                    }
                    return counted;
                });
    }

    private static ChunkKey key(Row row) {
        return new ChunkKey(set(row), row.getInteger(2));
    }

    private static SetKey set(Row row) {
        return new SetKey(row.getLong(0), row.getString(1));
    }
}

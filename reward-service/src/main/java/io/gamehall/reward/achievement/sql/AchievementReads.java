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
import io.gamehall.reward.store.sql.ManyRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a batch of reports needs to know. The filled chunks are asked for only where a type may stand in one. */
final class AchievementReads {
    private static final ManyRows SELECT_CHUNKS = ManyRows.whereAny(
            "SELECT player_id, role, chunk, filled, types, version, body FROM achievement_chunk",
            "player_id = ? AND role = ? AND chunk = ?",
            3);
    private static final ManyRows SELECT_PLACES = ManyRows.whereAny(
            "SELECT player_id, role, chunk FROM achievement_place", "player_id = ? AND role = ? AND type = ?", 3);
    private static final ManyRows SELECT_FACTS = ManyRows.whereAny(
            "SELECT player_id, role, fact_id, type, value, total_after, at_ms FROM achievement_fact",
            "player_id = ? AND role = ? AND fact_id = ?",
            3);

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
        return SELECT_PLACES
                .select(
                        connection,
                        Batch.parameters(
                                types,
                                key -> List.of(key.set().player(), key.set().role(), key.type())))
                .map(rows -> {
                    var keys = new TreeSet<ChunkKey>();
                    for (var row : rows) keys.add(key(row));
                    return keys;
                })
                .chain(keys -> chunks(connection, keys));
    }

    private static Uni<Map<ChunkKey, Chunk>> chunks(SqlConnection connection, SortedSet<ChunkKey> keys) {
        return SELECT_CHUNKS
                .select(
                        connection,
                        Batch.parameters(
                                keys,
                                key -> List.of(key.set().player(), key.set().role(), key.number())))
                .map(rows -> {
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

    private static Uni<Map<ReportKey, Counted>> counted(SqlConnection connection, SortedSet<ReportKey> keys) {
        return SELECT_FACTS
                .select(
                        connection,
                        Batch.parameters(
                                keys,
                                key -> List.of(key.set().player(), key.set().role(), key.fact())))
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

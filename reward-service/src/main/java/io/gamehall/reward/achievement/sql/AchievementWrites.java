package io.gamehall.reward.achievement.sql;

import io.gamehall.reward.achievement.domain.Achievement;
import io.gamehall.reward.achievement.domain.Chunk;
import io.gamehall.reward.achievement.domain.ChunkKey;
import io.gamehall.reward.achievement.domain.Counted;
import io.gamehall.reward.achievement.domain.ReportKey;
import io.gamehall.reward.achievement.domain.Taken;
import io.gamehall.reward.achievement.domain.TypeKey;
import io.gamehall.reward.store.StoreFault.Conflict;
import io.gamehall.reward.store.sql.Batch;
import io.gamehall.reward.store.sql.ManyRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Writes what a batch of reports comes to. Every change of a set changes its newest chunk, and that is written by version:
 * so of two writers of a set one fails, whatever else they write.
 */
final class AchievementWrites {
    /** Far below the 16 MiB that a statement may have. */
    private static final int STATEMENT_BYTES_MAX = 4_000_000;

    /** Of a chunk, besides its achievements. */
    private static final int ROW_BYTES = 1_000;

    /** Where the version is the one that the change was computed from. Assigned from left to right, version last. */
    private static final ManyRows UPSERT_CHUNKS = ManyRows.insert(
            "INSERT INTO achievement_chunk (player_id, role, chunk, filled, types,"
                    + " entries, newest_at_ms, oldest_at_ms, body, changes, version)",
            11,
            replace(
                    "version = VALUES(version) - VALUES(changes)",
                    List.of("filled", "types", "entries", "newest_at_ms", "oldest_at_ms", "body")));

    private static final ManyRows DELETE_CHUNKS =
            ManyRows.whereAny("DELETE FROM achievement_chunk", "player_id = ? AND role = ? AND chunk = ?", 3);
    private static final ManyRows UPSERT_PLACES = ManyRows.insert(
            "INSERT INTO achievement_place (player_id, role, type, chunk)",
            4,
            " ON DUPLICATE KEY UPDATE chunk = VALUES(chunk)");
    private static final ManyRows DELETE_PLACES =
            ManyRows.whereAny("DELETE FROM achievement_place", "player_id = ? AND role = ? AND type = ?", 3);
    private static final ManyRows INSERT_FACTS = ManyRows.insert(
            "INSERT INTO achievement_fact (player_id, role, fact_id, type, value, total_after, at_ms)", 7, "");

    private AchievementWrites() {}

    private static String replace(String matches, List<String> columns) {
        var tail = new StringBuilder(" ON DUPLICATE KEY UPDATE ");
        for (var column : columns) tail.append("%1$s = IF(%2$s, VALUES(%1$s), %1$s), ".formatted(column, matches));
        return tail.append("changes = IF(%1$s, changes + VALUES(changes), changes),".formatted(matches))
                .append(" version = IF(%s, VALUES(version), version)".formatted(matches))
                .toString();
    }

    static Uni<Void> write(SqlConnection connection, Taken taken) {
        return chunks(connection, taken.chunks())
                .chain(() -> gone(connection, taken.gone()))
                .chain(() -> placed(connection, taken.placed()))
                .chain(() -> displaced(connection, taken.displaced()))
                .chain(() -> counted(connection, taken.counted()))
                .replaceWithVoid();
    }

    /** One statement after the other, each over as many chunks as fit. */
    private static Uni<Void> chunks(SqlConnection connection, SortedMap<ChunkKey, Taken.Change> chunks) {
        var all = Uni.createFrom().voidItem();
        var slice = new ArrayList<Map.Entry<ChunkKey, Taken.Change>>();
        var sum = 0;
        for (var row : chunks.entrySet()) {
            var more = bytes(row.getValue().after());
            if (sum + more > STATEMENT_BYTES_MAX && !slice.isEmpty()) {
                var full = List.copyOf(slice);
                all = all.chain(() -> chunks(connection, full));
                slice.clear();
                sum = 0;
            }
            slice.add(row);
            sum += more;
        }
        return all.chain(() -> chunks(connection, slice));
    }

    private static int bytes(Chunk chunk) {
        return ROW_BYTES
                + chunk.achievements().values().stream()
                        .mapToInt(Achievement::bytes)
                        .sum();
    }

    private static Uni<Void> chunks(SqlConnection connection, List<Map.Entry<ChunkKey, Taken.Change>> rows) {
        var absent = (int)
                rows.stream().filter(row -> row.getValue().before().isEmpty()).count();
        // As in Upsert: an inserted row counts as 1, a changed one as 2, one that did not match as 0.
        var expected = 2 * rows.size() - absent;
        return UPSERT_CHUNKS
                .execute(connection, Batch.parameters(rows, row -> row(row.getKey(), row.getValue())))
                .invoke(affected -> {
                    if (affected != expected) {
                        throw new Conflict(
                                Conflict.Kind.VERSION,
                                "%d rows affected where %d were due".formatted(affected, expected));
                    }
                })
                .replaceWithVoid();
    }

    private static List<Object> row(ChunkKey key, Taken.Change change) {
        Chunk chunk = change.after();
        var times = chunk.achievements().values().stream()
                .mapToLong(achievement -> achievement.latest().atMs())
                .summaryStatistics();
        return List.of(
                key.set().player(),
                key.set().role(),
                key.number(),
                chunk.filled(),
                chunk.types(),
                chunk.achievements().size(),
                times.getMax(),
                times.getMin(),
                ChunkFormat.write(chunk.achievements()),
                change.changes(),
                chunk.version());
    }

    private static Uni<Integer> gone(SqlConnection connection, SortedSet<ChunkKey> keys) {
        return DELETE_CHUNKS.execute(
                connection,
                Batch.parameters(
                        keys, key -> List.of(key.set().player(), key.set().role(), key.number())));
    }

    private static Uni<Integer> placed(SqlConnection connection, SortedMap<TypeKey, Integer> places) {
        return UPSERT_PLACES.execute(
                connection,
                Batch.parameters(
                        places.entrySet(),
                        row -> List.of(
                                row.getKey().set().player(),
                                row.getKey().set().role(),
                                row.getKey().type(),
                                row.getValue())));
    }

    private static Uni<Integer> displaced(SqlConnection connection, SortedSet<TypeKey> keys) {
        return DELETE_PLACES.execute(
                connection,
                Batch.parameters(
                        keys, key -> List.of(key.set().player(), key.set().role(), key.type())));
    }

    private static Uni<Integer> counted(SqlConnection connection, SortedMap<ReportKey, Counted> counted) {
        return INSERT_FACTS.execute(
                connection,
                Batch.parameters(
                        counted.entrySet(),
                        row -> List.of(
                                row.getKey().set().player(),
                                row.getKey().set().role(),
                                row.getKey().fact(),
                                row.getValue().type(),
                                row.getValue().value(),
                                row.getValue().totalAfter(),
                                row.getValue().atMs())));
    }
}

package io.gamehall.reward.achievement.sql;

import io.gamehall.reward.achievement.domain.Chunk;
import io.gamehall.reward.achievement.domain.ChunkKey;
import io.gamehall.reward.achievement.domain.Taken;
import io.gamehall.reward.achievement.domain.TypeKey;
import io.gamehall.reward.store.StoreFault.Conflict;
import io.gamehall.reward.store.sql.Batch;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Writes what a batch of reports comes to. Every change of a set changes its newest chunk, and that is written by version:
 * so of two writers of a set one fails, whatever else they write.
 */
final class AchievementWrites {
    /** Far below the 16 MiB that a statement may have, and its 65,535 parameters. */
    private static final int STATEMENT_BYTES_MAX = 4_000_000;

    private static final int ROW_BYTES = 1_000;

    private static final String INSERT_CHUNKS = "INSERT INTO achievement_chunk (player_id, role, chunk, filled, types,"
            + " entries, newest_at_ms, oldest_at_ms, body, changes, version)";
    /** Where the version is the one that the change was computed from. Assigned from left to right, version last. */
    private static final String REPLACE_CHUNKS = replace(
            "version = VALUES(version) - VALUES(changes)",
            List.of("filled", "types", "entries", "newest_at_ms", "oldest_at_ms", "body"));

    private static final String DELETE_CHUNKS = "DELETE FROM achievement_chunk";
    private static final String INSERT_PLACES = "INSERT INTO achievement_place (player_id, role, type, chunk)";
    private static final String REPLACE_PLACES = " ON DUPLICATE KEY UPDATE chunk = VALUES(chunk)";
    private static final String DELETE_PLACES = "DELETE FROM achievement_place";
    private static final String INSERT_FACTS =
            "INSERT INTO achievement_fact (player_id, role, fact_id, type, value, total_after, at_ms)";

    private AchievementWrites() {}

    private static String replace(String matches, List<String> columns) {
        var tail = new StringBuilder(" ON DUPLICATE KEY UPDATE ");
        for (var column : columns) tail.append("%1$s = IF(%2$s, VALUES(%1$s), %1$s), ".formatted(column, matches));
        return tail.append("changes = IF(%1$s, changes + VALUES(changes), changes),".formatted(matches))
                .append(" version = IF(%s, VALUES(version), version)".formatted(matches))
                .toString();
    }

    static Uni<Void> write(SqlConnection connection, Taken taken) {
        if (taken.chunks().isEmpty()) return Uni.createFrom().voidItem();
        return each(taken.chunks().entrySet(), AchievementWrites::bytes, slice -> chunks(connection, slice))
                .chain(() -> each(taken.gone(), _ -> ROW_BYTES, slice -> gone(connection, slice)))
                .chain(() -> each(taken.placed().entrySet(), _ -> ROW_BYTES, slice -> placed(connection, slice)))
                .chain(() -> each(taken.displaced(), _ -> ROW_BYTES, slice -> displaced(connection, slice)))
                .chain(() -> taken.counted().isEmpty() ? Uni.createFrom().voidItem() : counted(connection, taken));
    }

    private static int bytes(Map.Entry<ChunkKey, Taken.Change> entry) {
        return ROW_BYTES
                + entry.getValue().after().achievements().values().stream()
                        .mapToInt(achievement -> achievement.bytes())
                        .sum();
    }

    /** One statement after the other, each over as many rows as fit. */
    private static <T> Uni<Void> each(Collection<T> rows, ToIntFunction<T> bytes, Function<List<T>, Uni<Void>> write) {
        var all = Uni.createFrom().voidItem();
        var slice = new ArrayList<T>();
        var sum = 0;
        for (var row : rows) {
            var more = bytes.applyAsInt(row);
            if (sum + more > STATEMENT_BYTES_MAX && !slice.isEmpty()) {
                var full = List.copyOf(slice);
                all = all.chain(() -> write.apply(full));
                slice.clear();
                sum = 0;
            }
            slice.add(row);
            sum += more;
        }
        return slice.isEmpty() ? all : all.chain(() -> write.apply(slice));
    }

    private static Uni<Void> chunks(SqlConnection connection, List<Map.Entry<ChunkKey, Taken.Change>> rows) {
        var absent = (int)
                rows.stream().filter(row -> row.getValue().before().isEmpty()).count();
        // As in Upsert: an inserted row counts as 1, a changed one as 2, one that did not match as 0.
        var expected = 2 * rows.size() - absent;
        return connection
                .preparedQuery(Batch.insert(INSERT_CHUNKS, 11, rows.size(), REPLACE_CHUNKS))
                .execute(Batch.parameters(rows, row -> row(row.getKey(), row.getValue())))
                .invoke(result -> {
                    if (result.rowCount() != expected) {
                        throw new Conflict(
                                Conflict.Kind.VERSION,
                                "%d rows affected where %d were due".formatted(result.rowCount(), expected));
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

    private static Uni<Void> gone(SqlConnection connection, List<ChunkKey> keys) {
        return connection
                .preparedQuery(Batch.whereAny(DELETE_CHUNKS, "player_id = ? AND role = ? AND chunk = ?", keys.size()))
                .execute(Batch.parameters(
                        keys, key -> List.of(key.set().player(), key.set().role(), key.number())))
                .replaceWithVoid();
    }

    private static Uni<Void> placed(SqlConnection connection, List<Map.Entry<TypeKey, Integer>> rows) {
        return connection
                .preparedQuery(Batch.insert(INSERT_PLACES, 4, rows.size(), REPLACE_PLACES))
                .execute(Batch.parameters(
                        rows,
                        row -> List.of(
                                row.getKey().set().player(),
                                row.getKey().set().role(),
                                row.getKey().type(),
                                row.getValue())))
                .replaceWithVoid();
    }

    private static Uni<Void> displaced(SqlConnection connection, List<TypeKey> keys) {
        return connection
                .preparedQuery(Batch.whereAny(DELETE_PLACES, "player_id = ? AND role = ? AND type = ?", keys.size()))
                .execute(Batch.parameters(
                        keys, key -> List.of(key.set().player(), key.set().role(), key.type())))
                .replaceWithVoid();
    }

    private static Uni<Void> counted(SqlConnection connection, Taken taken) {
        return connection
                .preparedQuery(Batch.insert(INSERT_FACTS, 7, taken.counted().size(), ""))
                .execute(Batch.parameters(
                        taken.counted().entrySet(),
                        row -> List.of(
                                row.getKey().set().player(),
                                row.getKey().set().role(),
                                row.getKey().fact(),
                                row.getValue().type(),
                                row.getValue().value(),
                                row.getValue().totalAfter(),
                                row.getValue().atMs())))
                .replaceWithVoid();
    }
}

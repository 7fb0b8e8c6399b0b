package io.gamehall.reward.store.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * A statement over as many rows as there are, done in parts of 256, 128, 64 … 1 rows. So it has nine texts however many
 * rows come, and each connection keeps these prepared ({@link PreparingPool}): to prepare a text of hundreds of rows
 * costs the database and us more than to execute it. Make one and keep it; safe for any thread.
 */
public final class ManyRows {
    /** Rows of the largest part. 255 parameters a row at most, as a statement may have 65,535. */
    static final int PART_MAX = 256;

    private final int columns;
    private final IntFunction<String> text;
    private final AtomicReferenceArray<String> texts = new AtomicReferenceArray<>(sizeIndex(PART_MAX) + 1);

    private ManyRows(int columns, IntFunction<String> text) {
        this.columns = columns;
        this.text = text;
    }

    /** {@code head VALUES (?, ?), (?, ?) … tail}. */
    public static ManyRows insert(String head, int columns, String tail) {
        return new ManyRows(columns, rows -> Batch.insert(head, columns, rows, tail));
    }

    /** {@code head WHERE column IN (?, ?, …)}: for keys of one column, or all rows that begin with it. */
    public static ManyRows whereIn(String head, String column) {
        return new ManyRows(1, rows -> Batch.whereIn(head, column, rows));
    }

    /** {@code head WHERE (condition) OR (condition) …}: for keys of several columns. */
    public static ManyRows whereAny(String head, String condition, int columns) {
        return new ManyRows(columns, rows -> Batch.whereAny(head, condition, rows));
    }

    /**
     * Does it for each row once, part by part; after a failure no further part is tried.
     *
     * @param parameters of all rows, one row after the other
     * @return the affected rows of all parts
     */
    public Uni<Integer> execute(SqlConnection connection, Tuple parameters) {
        return execute(connection, parameters, 0, 0);
    }

    private Uni<Integer> execute(SqlConnection connection, Tuple parameters, int done, int affected) {
        var left = parameters.size() / columns - done;
        if (left == 0) return Uni.createFrom().item(affected);
        var part = Math.min(PART_MAX, Integer.highestOneBit(left));
        return part(connection, part, slice(parameters, done, part, part))
                .chain(result -> execute(connection, parameters, done + part, affected + result.rowCount()));
    }

    /**
     * Looks up rows. The last part is filled up with repeats of the last key, which finds nothing twice.
     *
     * @param parameters of all keys, one key after the other; no key twice
     * @return what the parts found, in no particular order
     */
    public Uni<List<Row>> select(SqlConnection connection, Tuple parameters) {
        return select(connection, parameters, 0, new ArrayList<>());
    }

    private Uni<List<Row>> select(SqlConnection connection, Tuple parameters, int done, List<Row> found) {
        var left = Math.min(PART_MAX, parameters.size() / columns - done);
        if (left == 0) return Uni.createFrom().item(found);
        var part = Integer.highestOneBit(2 * left - 1);
        return part(connection, part, slice(parameters, done, left, part)).chain(rows -> {
            rows.forEach(found::add);
            return select(connection, parameters, done + left, found);
        });
    }

    private Uni<RowSet<Row>> part(SqlConnection connection, int rows, Tuple parameters) {
        return connection.preparedQuery(text(rows)).execute(parameters);
    }

    /** The same object each time: the connection looks it up by its hash, which a text computes once. */
    private String text(int rows) {
        var index = sizeIndex(rows);
        var known = texts.get(index);
        if (known != null) return known;
        texts.compareAndSet(index, null, text.apply(rows));
        return texts.get(index);
    }

    private Tuple slice(Tuple parameters, int from, int rows, int filledUpTo) {
        if (from == 0 && rows == filledUpTo && parameters.size() == rows * columns) return parameters;
        var values = new ArrayList<>(filledUpTo * columns);
        for (var row = from; row < from + filledUpTo; row++) {
            var first = Math.min(row, from + rows - 1) * columns;
            for (var column = 0; column < columns; column++) values.add(parameters.getValue(first + column));
        }
        return Tuple.tuple(values);
    }

    private static int sizeIndex(int powerOfTwo) {
        return Integer.numberOfTrailingZeros(powerOfTwo);
    }
}

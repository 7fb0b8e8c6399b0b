package io.gamehall.reward.store.sql;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Texts and parameters of statements over many rows, see {@link ManyRows}. Values always travel as parameters. */
public final class Batch {
    private Batch() {}

    /** {@code head (?, ?), (?, ?)} for as many rows; {@code tail} is added as it is. */
    static String insert(String head, int columns, int rows, String tail) {
        var row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        return head + " VALUES " + String.join(", ", Collections.nCopies(rows, row)) + tail;
    }

    /**
     * {@code head (condition) OR (condition)}. A chain of ORs over whole keys, because MariaDB looks these up by index,
     * and scans for {@code (a, b) IN ((?, ?), …)}.
     */
    static String whereAny(String head, String condition, int rows) {
        return head + " WHERE " + String.join(" OR ", Collections.nCopies(rows, "(" + condition + ")"));
    }

    /** {@code head column IN (?, ?, …)}. */
    static String whereIn(String head, String column, int rows) {
        return head + " WHERE " + column + " IN (" + String.join(", ", Collections.nCopies(rows, "?")) + ")";
    }

    /** The parameters of all rows, one after the other. */
    public static <T> Tuple parameters(Collection<T> rows, Function<T, List<Object>> values) {
        var all = new ArrayList<>();
        rows.forEach(row -> all.addAll(values.apply(row)));
        return Tuple.tuple(all);
    }
}

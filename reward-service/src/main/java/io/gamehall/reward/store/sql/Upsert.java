package io.gamehall.reward.store.sql;

import io.gamehall.reward.store.StoreFault.Conflict;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compare-and-set over many rows at once. Each row brings differences and its new version; it is added to the
 * row that stands there only if that has the version the differences were computed from (new version minus facts). One
 * row that does not match fails the whole transaction.
 *
 * <p>Rests on MySQL's count of affected rows: 1 for an inserted row, 2 for a changed one, 0 for one left as it was; the
 * connection must have {@code use-affected-rows} set.
 */
public final class Upsert {
    private final ManyRows rows;

    /**
     * @param table with a column {@code version} besides the ones named
     * @param keys the primary key
     * @param sums numbers to be added up
     * @param facts SQL for the number of facts in a row's differences: what the version rises by
     */
    public Upsert(String table, List<String> keys, List<String> sums, String facts) {
        var all =
                Stream.of(keys, sums, List.of("version")).flatMap(List::stream).toList();
        var head = "INSERT INTO %s (%s)".formatted(table, String.join(", ", all));
        var matches = "version = VALUES(version) - (" + facts + ")";
        // Assigned from left to right: version is compared by all others before it changes.
        var assignments = Stream.concat(
                        sums.stream().map(sum -> "%1$s = IF(%2$s, %1$s + VALUES(%1$s), %1$s)".formatted(sum, matches)),
                        Stream.of("version = IF(%s, VALUES(version), version)".formatted(matches)))
                .toList();
        var tail = " ON DUPLICATE KEY UPDATE " + String.join(", ", assignments);
        rows = ManyRows.insert(head, all.size(), tail);
    }

    /**
     * Writes rows of which so many are expected to be new and so many to be there.
     *
     * @return nothing; or {@link Conflict} if a row was not as expected: the transaction must not be committed
     */
    public Uni<Void> execute(SqlConnection connection, int absent, int present, Tuple parameters) {
        var expected = absent + 2 * present;
        return rows.execute(connection, parameters)
                .invoke(affected -> {
                    if (affected != expected) {
                        throw new Conflict(
                                Conflict.Kind.VERSION,
                                "%d rows affected where %d were due".formatted(affected, expected));
                    }
                })
                .replaceWithVoid();
    }
}

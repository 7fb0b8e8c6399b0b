package io.gamehall.reward.store.sql;

import io.gamehall.reward.store.StoreFault.Conflict;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Spares the look for what stands recorded, as long as nothing comes again: facts are written as if all were new, and
 * only if one of their keys is found taken the transaction is done once more with a look before. While facts do come
 * again (a replay, a hand-over), that look comes first. One for each table of facts; safe for any thread.
 *
 * @param <K> keys of facts
 * @param <V> what stands recorded of a fact
 */
public final class Repeats<K, V> {
    private final Database database;
    private volatile boolean expected;

    public Repeats(Database database) {
        this.database = database;
    }

    /**
     * Runs work in a transaction, as {@link Database#transaction} does.
     *
     * @param known finds which of the facts stand recorded
     * @param work given these, writes the others with plain inserts, which fail when the key is taken
     */
    public <T> Uni<T> transaction(
            Function<SqlConnection, Uni<Map<K, V>>> known, BiFunction<SqlConnection, Map<K, V>, Uni<T>> work) {
        if (expected) return looking(known, work);
        return database.transaction(connection -> work.apply(connection, Map.of()))
                .onFailure(Repeats::keyTaken)
                .recoverWithUni(() -> looking(known, work));
    }

    private <T> Uni<T> looking(
            Function<SqlConnection, Uni<Map<K, V>>> known, BiFunction<SqlConnection, Map<K, V>, Uni<T>> work) {
        return database.transaction(connection -> known.apply(connection)
                .invoke(found -> expected = !found.isEmpty())
                .chain(found -> work.apply(connection, found)));
    }

    private static boolean keyTaken(Throwable failure) {
        return failure instanceof Conflict conflict && conflict.kind() == Conflict.Kind.KEY;
    }
}

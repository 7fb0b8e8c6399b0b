package io.gamehall.reward.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements over many rows on the real database. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class ManyRowsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ManyRows INSERT =
            ManyRows.insert("INSERT INTO player_points (player_id, points, grants, version)", 4, "");
    private static final ManyRows SELECT_IN =
            ManyRows.whereIn("SELECT player_id, points FROM player_points", "player_id");
    private static final ManyRows SELECT_ANY =
            ManyRows.whereAny("SELECT player_id, points FROM player_points", "player_id = ? AND points = ?", 2);

    @Inject
    Pool pool;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 255, 256, 257, 600, 1_023})
    void every_row_is_written_once_and_found_once(int count) {
        var base = 91_000_000L + 10_000L * count;
        var players = LongStream.range(base, base + count).boxed().toList();

        var written = pool.withConnection(
                        connection -> INSERT.execute(connection, Batch.parameters(players, ManyRowsTest::row)))
                .await()
                .atMost(PATIENCE);
        var in = pool.withConnection(connection -> SELECT_IN.select(connection, Batch.parameters(players, List::of)))
                .await()
                .atMost(PATIENCE);
        var any = pool.withConnection(connection -> SELECT_ANY.select(
                        connection, Batch.parameters(players, player -> List.of(player, player % 100))))
                .await()
                .atMost(PATIENCE);

        assertThat(written).isEqualTo(count);
        assertThat(in).extracting(row -> row.getLong(0)).containsExactlyInAnyOrderElementsOf(players);
        assertThat(any).extracting(row -> row.getLong(0)).containsExactlyInAnyOrderElementsOf(players);
    }

    @Test
    void a_connection_keeps_what_it_has_prepared() {
        var players =
                LongStream.range(0, 700).map(id -> 93_000_000L + id).boxed().toList();

        var prepared = pool.withConnection(connection -> SELECT_IN
                        .select(connection, Batch.parameters(players, List::of))
                        .chain(() -> prepared(connection))
                        .call(() -> SELECT_IN.select(connection, Batch.parameters(players, List::of)))
                        .chain(before -> prepared(connection).map(after -> List.of(before, after))))
                .await()
                .atMost(PATIENCE);

        assertThat(prepared.getFirst()).isPositive();
        assertThat(prepared.getLast()).isEqualTo(prepared.getFirst());
    }

    private static List<Object> row(long player) {
        return List.of(player, player % 100, 1, 1);
    }

    /** How many statements the connection has prepared until now. */
    private static Uni<Long> prepared(SqlConnection connection) {
        return connection
                .query("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'")
                .execute()
                .map(rows -> Long.parseLong(rows.iterator().next().getString(1)));
    }
}

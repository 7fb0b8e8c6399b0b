package io.gamehall.reward.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.reward.store.StoreFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compare-and-set as the database really does it. Rows: player, points to add, grants to add, new version. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class UpsertTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Upsert POINTS =
            new Upsert("player_points", List.of("player_id"), List.of("points", "grants"), "VALUES(grants)");
    private static final AtomicLong PLAYERS = new AtomicLong(88_000_000);

    @Inject
    Database database;

    @Inject
    Pool pool;

    private final long old = PLAYERS.incrementAndGet();
    private final long other = PLAYERS.incrementAndGet();

    @Test
    void a_new_row_and_one_of_the_version_read_are_written() {
        write(1, 0, old, 10, 2, 2);

        assertThatCode(() -> write(1, 1, old, 5, 1, 3, other, 7, 1, 1)).doesNotThrowAnyException();

        assertThat(points(old)).isEqualTo("15 3 3");
        assertThat(points(other)).isEqualTo("7 1 1");
    }

    @Test
    void a_row_that_another_writer_changed_fails_all() {
        write(1, 0, old, 10, 2, 2);
        write(0, 1, old, 1, 1, 3);

        assertThatThrownBy(() -> write(1, 1, old, 5, 1, 3, other, 7, 1, 1)).isInstanceOf(StoreFault.Conflict.class);

        assertThat(points(old)).isEqualTo("11 3 3");
        assertThat(points(other)).isEmpty();
    }

    @Test
    void a_row_that_another_writer_made_fails_all() {
        write(1, 0, old, 10, 1, 1);

        assertThatThrownBy(() -> write(2, 0, old, 5, 1, 1, other, 7, 1, 1)).isInstanceOf(StoreFault.Conflict.class);

        assertThat(points(old)).isEqualTo("10 1 1");
        assertThat(points(other)).isEmpty();
    }

    @Test
    void hundreds_of_rows_are_written_and_one_of_them_that_another_writer_changed_fails_all() {
        var base = 89_000_000L;
        write(700, 0, rows(base, 700, 1));
        write(0, 1, base + 650, 5L, 1, 2);

        assertThatThrownBy(() -> write(1, 700, rows(base, 701, 2))).isInstanceOf(StoreFault.Conflict.class);
        assertThat(points(base)).isEqualTo("1 1 1");
        assertThat(points(base + 650)).isEqualTo("6 2 2");
        assertThat(points(base + 700)).isEmpty();

        write(0, 650, rows(base, 650, 2));
        assertThat(points(base)).isEqualTo("2 2 2");
        assertThat(points(base + 649)).isEqualTo("2 2 2");
    }

    /** One more point and grant for each. */
    private static Object[] rows(long base, int rows, int version) {
        return LongStream.range(base, base + rows)
                .boxed()
                .flatMap(player -> Stream.of(player, 1L, 1, version))
                .toArray();
    }

    private void write(int absent, int present, Object... parameters) {
        database.transaction(
                        connection -> POINTS.execute(connection, absent, present, Tuple.tuple(List.of(parameters))))
                .await()
                .atMost(PATIENCE);
    }

    private String points(long player) {
        var rows = pool.preparedQuery("SELECT points, grants, version FROM player_points WHERE player_id = ?")
                .execute(Tuple.of(player))
                .await()
                .atMost(PATIENCE);
        for (var row : rows) return row.getLong(0) + " " + row.getLong(1) + " " + row.getLong(2);
        return "";
    }
}

package io.gamehall.activity.statistics.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLException;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class SqlJoinHistoryTest {
    @Inject
    Pool pool;

    @Test
    void the_database_itself_stops_counting_when_it_takes_too_long() {
        var holder = pool.getConnectionAndAwait();
        try {
            holder.query("LOCK TABLES activity_join WRITE").executeAndAwait();

            assertThatThrownBy(() -> pool.preparedQuery(SqlJoinHistory.statement(Duration.ofSeconds(1)))
                            .execute(Tuple.of("any", 0L, 60_000L))
                            .await()
                            .atMost(Duration.ofSeconds(40)))
                    .isInstanceOf(MySQLException.class)
                    .hasMessageContaining("max_statement_time");
        } finally {
            holder.query("UNLOCK TABLES").executeAndAwait();
            holder.closeAndAwait();
        }
    }
}

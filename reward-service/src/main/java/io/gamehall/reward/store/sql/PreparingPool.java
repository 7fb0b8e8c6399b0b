package io.gamehall.reward.store.sql;

import io.gamehall.reward.store.StoreConfig;
import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool that Quarkus would make, with connections that keep the statements of {@link ManyRows} prepared (Quarkus has
 * no setting for texts of more than 2,048 characters), and that are given up when the database has not said a word for
 * longer than a transaction may take: else one that hangs would keep them for ever.
 */
@Singleton
class PreparingPool implements MySQLPoolCreator {
    /** For each connection; the least recently used is closed. {@link ManyRows} has nine texts. */
    private static final int STATEMENTS_MAX = 256;

    private final StoreConfig config;

    PreparingPool(StoreConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        input.mySQLConnectOptionsList().forEach(this::prepare);
        return MySQLBuilder.pool()
                .using(input.vertx())
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.mySQLConnectOptionsList()))
                .build();
    }

    private void prepare(MySQLConnectOptions options) {
        options.setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(STATEMENTS_MAX)
                .setPreparedStatementCacheSqlFilter(_ -> true);
        options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(2 * config.transactionTimeout().toMillis()));
    }
}

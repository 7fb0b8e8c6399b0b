package io.gamehall.activity.guard;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mysqlclient.MySQLException;
import jakarta.inject.Singleton;

/** One breaker before each server that joins need. */
@Singleton
public class Breakers {
    private final Breaker redis;
    private final Breaker kafka;
    private final Breaker database;

    public Breakers(BreakerSettings settings, MeterRegistry registry) {
        this.redis = new Breaker("redis", failure -> true, settings, registry);
        this.kafka = new Breaker("kafka", failure -> true, settings, registry);
        this.database = new Breaker("database", failure -> !(failure instanceof MySQLException), settings, registry);
    }

    /** Before joins, and what players ask of theirs; not before the work in the background, which is bounded anyway. */
    public Breaker redis() {
        return redis;
    }

    /** Before every record of a join. */
    public Breaker kafka() {
        return kafka;
    }

    /** Before every statement. What the database refuses is an answer. */
    public Breaker database() {
        return database;
    }
}

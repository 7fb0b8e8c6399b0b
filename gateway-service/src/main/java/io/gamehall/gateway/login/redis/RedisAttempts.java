package io.gamehall.gateway.login.redis;

import io.gamehall.gateway.login.Attempts;
import io.gamehall.gateway.login.LoginConfig;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.Reason;
import io.gamehall.platform.RedisScript;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Attempts as Redis hashes {@code <cell>:attempts:<kind>:<key>}, which are gone when all is given back. Logging in needs
 * Redis anyway, so this makes it depend on nothing more.
 */
@Singleton
class RedisAttempts implements Attempts {
    private static final Logger LOG = Logger.getLogger(RedisAttempts.class);
    private static final RedisScript TAKE = new RedisScript("redis/attempt_take.lua");
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final HeldConnections redis;
    private final LoginConfig config;
    private final String prefix;
    private final String windowMs;

    RedisAttempts(HeldConnections redis, LoginConfig config, Cell cell) {
        this.redis = redis;
        this.config = config;
        this.prefix = cell.name() + ":attempts:";
        this.windowMs = Long.toString(config.attemptsWindow().toMillis());
    }

    @Override
    public Uni<Void> take(Limit limit) {
        return change(limit, "1").map(waitMs -> {
            if (waitMs > 0) throw tooFast(Duration.ofMillis(waitMs));
            return null;
        });
    }

    @Override
    public Uni<Void> giveBack(Limit limit) {
        return change(limit, "-1").replaceWithVoid();
    }

    private Uni<Long> change(Limit limit, String taken) {
        var key = prefix + limit.kind().name().toLowerCase(Locale.ROOT) + ':' + limit.key();
        var arguments = List.of(Integer.toString(max(limit.kind())), windowMs, taken);
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(TAKE.run(redis, List.of(key), arguments)))
                .onFailure()
                .transform(failure -> {
                    // Each call of an outage comes here: a metric counts them, not the log.
                    LOG.debugf(failure, "No answer from Redis");
                    return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The count of attempts does not answer")
                            .retryAfter(RETRY);
                })
                .map(answer -> answer.toLong());
    }

    private int max(Kind kind) {
        return switch (kind) {
            case ACCOUNT_FAILURES -> config.accountFailuresMax();
            case ACCOUNT_ADDRESS_FAILURES -> config.accountAddressFailuresMax();
            case ADDRESS_FAILURES -> config.addressFailuresMax();
            case ADDRESS_ACCOUNTS -> config.addressAccountsMax();
            case ADDRESS_REGISTRATIONS -> config.addressRegistrationsMax();
        };
    }

    private static Refusal tooFast(Duration wait) {
        return new Refusal(Reason.TOO_FAST, "Too many attempts").retryAfter(wait);
    }
}

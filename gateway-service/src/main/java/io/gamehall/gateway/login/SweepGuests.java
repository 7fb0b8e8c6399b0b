package io.gamehall.gateway.login;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Removes the accounts of guests whose sessions can't be prolonged any more: nobody can open them. A few hundred at a time, with
 * pauses, once through in each period. Several gateways may do so at once; none needs to know of the others.
 */
@Singleton
class SweepGuests {
    private static final Logger LOG = Logger.getLogger(SweepGuests.class);
    static final int BATCH_MAX = 200;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** For clocks that differ, and for logins that were under way. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final Guests guests;
    private final Vertx vertx;
    private final Duration period;
    private final Duration age;
    private volatile boolean stopped;
    private volatile long timer;

    SweepGuests(Guests guests, LoginConfig config, Vertx vertx) {
        this.guests = guests;
        this.vertx = vertx;
        this.period = config.guestsSwept();
        this.age = config.sessionMax().plus(MARGIN);
    }

    void start(@Observes StartupEvent started) {
        later(period, Optional.empty());
    }

    void stop(@Observes ShutdownEvent ended) {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    /** @return where to go on; empty at the end */
    Uni<Optional<String>> sweep(Optional<String> after) {
        return guests.sweep(after.orElse(""), age, BATCH_MAX);
    }

    private void run(Optional<String> after) {
        sweep(after).subscribe().with(last -> later(last.isPresent() ? PAUSE : period, last), failure -> {
            LOG.warnf("Accounts of guests were not swept: %s", failure.getMessage());
            later(period, Optional.empty());
        });
    }

    private void later(Duration delay, Optional<String> after) {
        if (!stopped) timer = vertx.setTimer(delay.toMillis(), due -> run(after));
    }
}

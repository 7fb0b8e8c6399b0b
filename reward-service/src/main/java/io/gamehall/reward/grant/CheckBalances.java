package io.gamehall.reward.grant;

import io.gamehall.reward.grant.domain.BalanceCheck;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Goes round all players, page by page, and makes sure that the ledger explains every balance. It mends nothing: a
 * balance that drifts is a bug, or somebody's own SQL. Two pages never overlap, here or in the cell.
 */
@ApplicationScoped
public class CheckBalances {
    private static final Logger LOG = Logger.getLogger(CheckBalances.class);

    private final BalanceLedger ledger;
    private final GrantConfig config;
    private final Vertx vertx;
    private final Counter checked;
    private final Counter drifted;
    private final AtomicBoolean busy = new AtomicBoolean();
    private long timer;

    public CheckBalances(BalanceLedger ledger, GrantConfig config, Vertx vertx, MeterRegistry registry) {
        this.ledger = ledger;
        this.config = config;
        this.vertx = vertx;
        checked = Counter.builder("gamehall.reward.balances.checked")
                .description("Balances compared with the ledger")
                .register(registry);
        drifted = Counter.builder("gamehall.reward.balances.drifted")
                .description("Balances that the ledger does not explain, each time they are found; expected: 0")
                .register(registry);
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(config.checkEvery().toMillis(), tick -> soon());
    }

    void stop(@Observes ShutdownEvent stopped) {
        vertx.cancelTimer(timer);
    }

    private void soon() {
        if (!busy.compareAndSet(false, true)) return;
        turn(System.currentTimeMillis())
                .onTermination()
                .invoke(() -> busy.set(false))
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("Balances are checked later: %s", failure));
    }

    /** Checks a page, if it is time for one. */
    Uni<Void> turn(long nowMs) {
        return ledger.begin(nowMs, config.checkEvery().toMillis()).chain(after -> {
            if (after.isEmpty()) return Uni.createFrom().voidItem();
            return check(after.getAsLong(), config.checkPlayers())
                    .chain(page ->
                            ledger.advance(after.getAsLong(), page.lastPlayer().orElse(0)));
        });
    }

    /** Checks the balances of so many players after one. */
    Uni<BalanceCheck> check(long afterPlayer, int players) {
        return ledger.read(afterPlayer, players).invoke(this::report);
    }

    private void report(BalanceCheck page) {
        checked.increment(page.size());
        for (var drift : page.drifts()) {
            drifted.increment();
            LOG.errorf(
                    "Player %d holds %d of %s '%s', and the ledger explains %d",
                    drift.key().player(),
                    drift.balance(),
                    drift.key().kind(),
                    drift.key().name(),
                    drift.ledger());
        }
    }
}

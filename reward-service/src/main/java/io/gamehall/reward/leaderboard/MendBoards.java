package io.gamehall.reward.leaderboard;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Rebuilds the boards when they have missed scores, when Redis has lost them, or when an administrator wants it: looks
 * every few seconds, in each process; one of them builds. A turn starts a pause after the last one ended.
 */
@ApplicationScoped
public class MendBoards {
    private static final Logger LOG = Logger.getLogger(MendBoards.class);

    private final BoardBuilds builds;
    private final Debt debt;
    private final BuildBoards buildBoards;
    private final BoardMeters meters;
    private final Vertx vertx;
    private final long pauseMs;
    private volatile boolean stopped;
    private volatile boolean failing;
    private volatile long timer;

    MendBoards(
            BoardBuilds builds,
            Debt debt,
            BuildBoards buildBoards,
            BoardMeters meters,
            Vertx vertx,
            LeaderboardConfig config) {
        this.builds = builds;
        this.debt = debt;
        this.buildBoards = buildBoards;
        this.meters = meters;
        this.vertx = vertx;
        this.pauseMs = config.check().toMillis();
    }

    void start(@Observes StartupEvent started) {
        later(1);
    }

    void stop(@Observes ShutdownEvent ended) {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    /**
     * Has all boards rebuilt within seconds, by whichever process comes first; also if this one dies.
     *
     * @return nothing, when that is sure; fails with {@link io.gamehall.reward.store.StoreFault}
     */
    public Uni<Void> rebuild() {
        return debt.owe();
    }

    private void later(long delayMs) {
        if (!stopped) timer = vertx.setTimer(delayMs, due -> turn());
    }

    private void turn() {
        mend().subscribe()
                .with(
                        done -> {
                            failing = false;
                            rest();
                        },
                        failure -> {
                            if (!failing && !stopped)
                                LOG.warnf("Leaderboards can't be looked after just now: %s", failure);
                            failing = true;
                            rest();
                        });
    }

    private void rest() {
        later(pauseMs + ThreadLocalRandom.current().nextLong(-pauseMs / 10, pauseMs / 10 + 1));
    }

    private Uni<Void> mend() {
        return Uni.createFrom()
                .deferred(debt::owed)
                .flatMap(owed -> owed > 0
                        ? Uni.createFrom().item(true)
                        : builds.areWhole().map(whole -> !whole))
                .invoke(meters::owing)
                .flatMap(due -> due ? buildBoards.build() : Uni.createFrom().item(false))
                .replaceWithVoid();
    }
}

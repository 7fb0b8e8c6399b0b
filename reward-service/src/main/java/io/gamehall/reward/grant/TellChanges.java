package io.gamehall.reward.grant;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Tells players of claims and revocations, at least once: what is to be told stands in the database from the change on
 * until Kafka has it, and whichever instance comes first tells it. Looks soon after each change made here, and now and
 * then for those of instances that crashed. One turn at a time. Safe for any thread, never blocks.
 */
@ApplicationScoped
public class TellChanges {
    private static final Logger LOG = Logger.getLogger(TellChanges.class);
    private static final int TURN_MAX = 200;

    private final DueChanges due;
    private final ChangeNotices notices;
    private final GrantConfig config;
    private final Vertx vertx;
    /** Turns asked for and not begun; the one who raises it from 0 begins. */
    private final AtomicInteger wanted = new AtomicInteger();

    private long timer;

    public TellChanges(DueChanges due, ChangeNotices notices, GrantConfig config, Vertx vertx) {
        this.due = due;
        this.notices = notices;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(config.tellEvery().toMillis(), tick -> soon());
    }

    void stop(@Observes ShutdownEvent stopped) {
        vertx.cancelTimer(timer);
    }

    /** Begins a turn now, or when the one under way is over. */
    public void soon() {
        if (wanted.getAndIncrement() == 0) begin();
    }

    private void begin() {
        var asked = wanted.get();
        turn().subscribe().with(told -> end(told < TURN_MAX ? asked : asked - 1), failure -> {
            LOG.warnf("Claims and revocations are told later: %s", failure);
            end(asked);
        });
    }

    private void end(int served) {
        if (wanted.addAndGet(-served) > 0) begin();
    }

    /** Tells some of what is due; returns how many. */
    Uni<Integer> turn() {
        return due.some(TURN_MAX).chain(changes -> {
            if (changes.isEmpty()) return Uni.createFrom().item(0);
            return notices.publish(changes).chain(() -> due.told(changes)).replaceWith(changes.size());
        });
    }
}

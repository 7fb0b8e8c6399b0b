package io.gamehall.activity.join;

import io.gamehall.activity.catalog.CatalogSettings;
import io.gamehall.activity.pace.Cadence;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each part's counters have been brought to Redis, by the database: so a Redis that believes itself to be
 * the right one, and has not heard that another has taken its place, is found out. Thread-safe; bounded as the
 * activities are. While the database is away, what is known stays.
 */
@Singleton
public class Epochs {
    private static final int PARTS_MAX = 100_000;

    private final Openings openings;
    private final CatalogSettings settings;
    private final Vertx vertx;
    private final Map<Part.Id, Long> known = new ConcurrentHashMap<>();
    private Cadence reading;

    public Epochs(Openings openings, CatalogSettings settings, Vertx vertx) {
        this.openings = openings;
        this.settings = settings;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        reading = Cadence.start(vertx, "read the epochs", settings.refreshEvery(), this::read);
    }

    void stop(@Observes ShutdownEvent stopped) {
        reading.close();
    }

    /** 0 while none is known. */
    public long of(Part.Id id) {
        return known.getOrDefault(id, 0L);
    }

    /** One of this part's own, higher than any before. */
    Uni<Long> raise(Part.Id id) {
        return openings.raiseEpoch(id);
    }

    /** Counters of that epoch are in Redis. */
    void learn(Part.Id id, long epoch) {
        known.merge(id, epoch, Math::max);
    }

    private Uni<Void> read() {
        return openings.epochs(PARTS_MAX)
                .invoke(epochs -> epochs.forEach(this::learn))
                .replaceWithVoid();
    }
}

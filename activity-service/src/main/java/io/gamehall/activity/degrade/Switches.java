package io.gamehall.activity.degrade;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.pace.Cadence;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What administrators have switched off to save the rest: the joins of all activities, or of one. Asked for each join,
 * so it is looked up in memory; read from the database twice a second, so that it acts on every instance within one,
 * and outlives every process. While the database is away, what is known stays. Safe for any thread.
 */
@Singleton
public class Switches {
    /** Name of the switch for all activities; that of one goes on with a slash and its id. */
    public static final String JOINS = "joins";

    private static final Logger LOG = Logger.getLogger(Switches.class);
    private static final Duration READ_EVERY = Duration.ofMillis(500);
    /** To who would join what is switched off. */
    public static final Refusal SUSPENDED = new Refusal(
                    Reason.ACTIVITY_SUSPENDED, "Joins are switched off for the time being")
            .retryAfter(Duration.ofSeconds(5));

    private final SwitchStore store;
    private final Vertx vertx;
    private volatile boolean joinsOff;
    private volatile Map<String, Switch> off = Map.of();
    private Cadence reading;

    public Switches(SwitchStore store, Vertx vertx) {
        this.store = store;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        reading = Cadence.start(vertx, "read the switches", READ_EVERY, () -> read().replaceWithVoid());
    }

    void stop(@Observes ShutdownEvent stopped) {
        reading.close();
    }

    /** Whether nobody joins anything. */
    public boolean allJoinsOff() {
        return joinsOff;
    }

    /** Why nobody joins this activity, if so. */
    public Optional<Refusal> joins(ActivityId activity) {
        var known = off;
        if (known.isEmpty()) return Optional.empty();
        return known.containsKey(JOINS) || known.containsKey(nameOf(activity))
                ? Optional.of(SUSPENDED)
                : Optional.empty();
    }

    public static String nameOf(ActivityId activity) {
        return JOINS + "/" + activity.value();
    }

    /** Those that are thrown, as the database has them now. */
    public Uni<List<Switch>> read() {
        return store.thrown().invoke(thrown -> {
            var names = thrown.stream().collect(Collectors.toMap(Switch::name, one -> one));
            if (!names.keySet().equals(off.keySet())) LOG.warnf("Switched off now: %s", names.keySet());
            off = Map.copyOf(names);
            joinsOff = names.containsKey(JOINS);
        });
    }

    /** Acts here at once, elsewhere within a second. */
    public Uni<Void> switchOff(Switch thrown) {
        return store.put(thrown).chain(this::read).replaceWithVoid();
    }

    /** The same. Does nothing where it is on. */
    public Uni<Void> switchOn(String name) {
        return store.remove(name).chain(this::read).replaceWithVoid();
    }
}

package io.gamehall.activity.catalog.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamehall.activity.catalog.ActivityStore;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.json.ActivityJson;
import io.gamehall.activity.sql.Database;
import io.gamehall.platform.Refusal;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.StaleObjectStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Table {@code activity}, through Hibernate Reactive. */
@Singleton
class SqlActivityStore implements ActivityStore {
    private static final Logger LOG = Logger.getLogger(SqlActivityStore.class);

    // No HQL: its parser, the first time, keeps an event loop busy for seconds on a cold machine.
    private static final String VERSIONS = "SELECT activity_id, version FROM activity ORDER BY activity_id LIMIT :max";

    private final Mutiny.SessionFactory sessions;
    private final Database database;
    private final ObjectMapper json;
    private final Vertx vertx;

    SqlActivityStore(Mutiny.SessionFactory sessions, Database database, ObjectMapper json, Vertx vertx) {
        this.sessions = sessions;
        this.vertx = vertx;
        this.database = database;
        this.json = json;
    }

    @Override
    public Uni<Map<ActivityId, Long>> versions(int max) {
        return run(session -> session.createNativeQuery(VERSIONS, Object[].class)
                        .setParameter("max", max)
                        .getResultList())
                .map(rows -> {
                    var versions = new HashMap<ActivityId, Long>();
                    for (var row : rows) {
                        ActivityId.parse((String) row[0])
                                .ifPresent(id -> versions.put(id, ((Number) row[1]).longValue()));
                    }
                    return versions;
                });
    }

    @Override
    public Uni<List<Activity>> load(Collection<ActivityId> ids) {
        var keys = ids.stream().map(ActivityId::value).toArray();
        return run(session -> session.get(ActivityRow.class, keys)).map(rows -> rows.stream()
                .filter(Objects::nonNull)
                .flatMap(row -> activity(row).stream())
                .toList());
    }

    @Override
    public Uni<Boolean> insert(Activity activity) {
        return run(session -> session.insert(row(activity, activity.version())))
                .replaceWith(true)
                .onFailure(ConstraintViolationException.class)
                .recoverWithItem(false);
    }

    @Override
    public Uni<Boolean> update(Activity edited) {
        // Hibernate raises the version, where it finds the former one.
        return run(session -> session.update(row(edited, edited.version() - 1)))
                .replaceWith(true)
                .onFailure(StaleObjectStateException.class)
                .recoverWithItem(false);
    }

    /**
     * Each is one statement, so none needs a transaction. Hibernate wants a context that is the call's own: callers come
     * from timers and listeners too.
     */
    private <T> Uni<T> run(Function<Mutiny.StatelessSession, Uni<T>> statement) {
        return Uni.createFrom().deferred(() -> {
            var caller = vertx.getOrCreateContext();
            var own = VertxContext.createNewDuplicatedContext(caller);
            VertxContextSafetyToggle.setContextSafe(own, true);
            return database.guarded(() -> Uni.createFrom()
                            .deferred(() -> sessions.withStatelessSession(statement))
                            .runSubscriptionOn(task -> own.runOnContext(ignored -> task.run())))
                    .emitOn(task -> caller.runOnContext(ignored -> task.run()));
        });
    }

    private static ActivityRow row(Activity activity, long version) {
        return new ActivityRow(
                activity.id().value(),
                activity.name(),
                ActivityJson.write(activity.terms()).toString(),
                version);
    }

    private Optional<Activity> activity(ActivityRow row) {
        try {
            var terms = ActivityJson.stored(json.readTree(row.config));
            return Optional.of(new Activity(new ActivityId(row.id), row.name, row.version, terms));
        } catch (Refusal | JsonProcessingException unreadable) {
            LOG.errorf("Activity %s is not readable and left out: %s", row.id, unreadable.getMessage());
            return Optional.empty();
        }
    }
}

package io.gamehall.activity.catalog;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** Lets administrators create and edit activities. An edit names the version it started from, so none is lost. */
@Singleton
public class EditActivities {
    private static final Logger LOG = Logger.getLogger(EditActivities.class);
    private static final int ATTEMPTS_MAX = 5;

    private final ActivityStore store;
    private final Activities activities;
    private final ActivityNews news;
    private final CatalogSettings settings;

    public EditActivities(ActivityStore store, Activities activities, ActivityNews news, CatalogSettings settings) {
        this.store = store;
        this.activities = activities;
        this.news = news;
        this.settings = settings;
    }

    /** Fails with {@link Reason#ACTIVITY_EXISTS}. */
    public Uni<Activity> create(ActivityId id, String name, Terms terms) {
        if (activities.all().size() >= settings.activitiesMax()) {
            throw new Refusal(Reason.OVERLOADED, "The cell has " + settings.activitiesMax() + " activities, its limit");
        }
        var activity = new Activity(id, name, 1, terms);
        return store.insert(activity)
                .onFailure()
                .transform(EditActivities::away)
                .chain(inserted -> {
                    if (!inserted) throw new Refusal(Reason.ACTIVITY_EXISTS, "There is an activity '" + id + "'");
                    return told(activity);
                });
    }

    /** The activity as the database has it now. Fails with {@link Reason#ACTIVITY_NOT_FOUND}. */
    public Uni<Activity> present(ActivityId id) {
        return store.load(List.of(id))
                .onFailure()
                .transform(EditActivities::away)
                .map(found -> found.stream()
                        .findFirst()
                        .map(activities::accept)
                        .orElseThrow(() -> new Refusal(Reason.ACTIVITY_NOT_FOUND, "No activity '" + id + "'")));
    }

    /**
     * Replaces name and terms. Fails with {@link Reason#ACTIVITY_CHANGED} when the activity is not of that version.
     *
     * @param present as {@link #present} gave it
     */
    public Uni<Activity> replace(Activity present, long version, String name, Terms terms) {
        if (present.version() != version) throw changed(present);
        var edited = present.edited(name, terms);
        return store.update(edited).onFailure().transform(EditActivities::away).chain(updated -> {
            if (!updated) throw changed(present);
            return told(edited);
        });
    }

    /** Changes the terms whatever the version: for switches that an operator throws in a hurry. */
    public Uni<Activity> change(ActivityId id, UnaryOperator<Terms> change) {
        return Uni.createFrom()
                .deferred(() -> present(id))
                .chain(now -> replace(now, now.version(), now.name(), change.apply(now.terms())))
                .onFailure(failure -> failure instanceof Refusal refusal && refusal.reason() == Reason.ACTIVITY_CHANGED)
                .retry()
                .atMost(ATTEMPTS_MAX);
    }

    private Uni<Activity> told(Activity edited) {
        activities.accept(edited);
        // It is stored, hence true: who does not hear of it now learns of it with the next refresh.
        return news.announce(edited)
                .onFailure()
                .invoke(failure -> LOG.warnf("Could not announce the edit of %s: %s", edited.id(), failure))
                .onFailure()
                .recoverWithNull()
                .replaceWith(edited);
    }

    private static Refusal changed(Activity present) {
        return new Refusal(Reason.ACTIVITY_CHANGED, "Its version is " + present.version() + " or later")
                .with(Map.of("version", Long.toString(present.version())));
    }

    private static Throwable away(Throwable failure) {
        LOG.warnf("The database does not answer: %s", failure);
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The database does not answer")
                .retryAfter(Duration.ofSeconds(2));
    }
}

package io.gamehall.activity.catalog;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.reads.ReadMeters;
import io.gamehall.activity.reads.ReadMeters.Read;
import io.gamehall.activity.reads.ReadMeters.Source;
import io.gamehall.platform.AskedOnce;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Every activity of the cell, in this process. Reads never go to the database: what is not here does not exist, so a
 * flood of unknown ids costs a look-up in memory, and nothing expires under load. It is kept fresh by news of edits
 * and by a look at the versions in the background. While the database is away, what is known stays.
 *
 * <p>Safe for any thread. A newer version of an activity never gives way to an older one.
 */
@Singleton
public class Activities {
    private static final int LOADED_AT_ONCE = 200;

    private final ActivityStore store;
    private final CatalogSettings settings;
    private final ReadMeters meters;
    private final ConcurrentSkipListMap<ActivityId, Activity> known = new ConcurrentSkipListMap<>();
    private final Map<ActivityId, Uni<Activity>> reloads = new ConcurrentHashMap<>();
    private volatile boolean loaded;

    public Activities(ActivityStore store, CatalogSettings settings, ReadMeters meters) {
        this.store = store;
        this.meters = meters;
        this.settings = settings;
    }

    /** Whether the activities have been read once since the start. */
    public boolean isLoaded() {
        return loaded;
    }

    /**
     * @throws Refusal {@link Reason#ACTIVITY_NOT_FOUND}; {@link Reason#DEPENDENCY_UNAVAILABLE} before the first load
     */
    public Activity get(ActivityId id) {
        var activity = known.get(id);
        if (activity != null) return activity;
        if (!loaded) throw notLoaded();
        throw new Refusal(Reason.ACTIVITY_NOT_FOUND, "No activity '" + id + "'");
    }

    /** The activity, if it is known here. */
    public Optional<Activity> find(ActivityId id) {
        return Optional.ofNullable(known.get(id));
    }

    /** A page in the order of the ids, starting behind that one. */
    public List<Activity> list(String after, int limit) {
        if (!loaded) throw notLoaded();
        var from = ActivityId.parse(after).map(id -> known.tailMap(id, false)).orElse(known);
        return from.values().stream().limit(limit).toList();
    }

    /** All of them. Empty before the first load. */
    public Collection<Activity> all() {
        return List.copyOf(known.values());
    }

    /** Takes in a version that was just read or written. */
    public Activity accept(Activity fresh) {
        return known.merge(fresh.id(), fresh, (old, young) -> young.version() >= old.version() ? young : old);
    }

    /** Reads one activity again; all who ask meanwhile get the same answer. Fails as {@link #get} does. */
    public Uni<Activity> reload(ActivityId id) {
        return reloads.computeIfAbsent(
                id,
                missing -> AskedOnce.of(load(List.of(missing))
                        .invoke(found -> found.forEach(this::accept))
                        .map(found -> get(missing))
                        .onTermination()
                        .invoke(() -> reloads.remove(missing))));
    }

    /** Compares all versions with the database's and reads what has changed. Several may run at a time. */
    public Uni<Void> refresh() {
        var before = new HashSet<>(known.keySet());
        meters.answered(Read.REFRESH, Source.DATABASE);
        return store.versions(settings.activitiesMax()).chain(versions -> {
            // An activity that came to be known while the database was asked may be missing from its answer.
            before.stream().filter(id -> !versions.containsKey(id)).forEach(known::remove);
            return loadAll(changed(versions)).invoke(() -> loaded = true);
        });
    }

    private List<ActivityId> changed(Map<ActivityId, Long> versions) {
        var changed = new ArrayList<ActivityId>();
        versions.forEach((id, version) -> {
            var held = known.get(id);
            if (held == null || held.version() < version) changed.add(id);
        });
        return changed;
    }

    private Uni<Void> loadAll(List<ActivityId> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .group()
                .intoLists()
                .of(LOADED_AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(this::load)
                .invoke(found -> found.forEach(this::accept))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<List<Activity>> load(List<ActivityId> ids) {
        return Uni.createFrom().deferred(() -> {
            meters.answered(Read.REFRESH, Source.DATABASE);
            return store.load(ids);
        });
    }

    private static Refusal notLoaded() {
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The activities are still being read")
                .retryAfter(Duration.ofSeconds(1));
    }
}

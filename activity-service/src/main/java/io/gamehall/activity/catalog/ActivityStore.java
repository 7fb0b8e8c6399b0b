package io.gamehall.activity.catalog;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where activities are kept for good. Every call fails with the technology's exception when it can't be reached. */
public interface ActivityStore {
    /** The version of every activity, of at most that many. */
    Uni<Map<ActivityId, Long>> versions(int max);

    /** Those of the activities that exist and are readable; one that is not is logged and left out. */
    Uni<List<Activity>> load(Collection<ActivityId> ids);

    /** False when an activity of this id exists. */
    Uni<Boolean> insert(Activity activity);

    /** Stores an edit, unless the stored version is another than the one before it: then false. */
    Uni<Boolean> update(Activity edited);
}

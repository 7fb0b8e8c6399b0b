package io.gamehall.activity.catalog;

import io.gamehall.activity.catalog.domain.Activity;
import io.smallrye.mutiny.Uni;
import java.util.OptionalLong;

/** How many joins have been given. */
public interface JoinCounts {
    /** The present count; empty while it is not known. Fails when it can't be asked in time. */
    Uni<OptionalLong> taken(Activity activity);
}

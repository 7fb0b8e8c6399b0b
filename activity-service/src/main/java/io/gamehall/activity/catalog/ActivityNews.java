package io.gamehall.activity.catalog;

import io.gamehall.activity.catalog.domain.Activity;
import io.smallrye.mutiny.Uni;

/** Tells every instance of the cell of an edit. */
public interface ActivityNews {
    /**
     * From its completion on no join is decided by older terms. Who misses the news learns of the edit with its next
     * join or its next refresh.
     */
    Uni<Void> announce(Activity edited);
}

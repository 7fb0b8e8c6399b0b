package io.gamehall.activity.catalog.domain;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may join, and who need not queue.
 *
 * @param conditions all of which have to be met, at most {@value #CONDITIONS_MAX}; none: everybody may
 * @param allowList players whom no rate limit holds up, at most {@value #ALLOWED_MAX}
 */
public record Access(List<Condition> conditions, Set<Long> allowList) {
    public static final int CONDITIONS_MAX = 8;
    public static final int ALLOWED_MAX = 1_000;
    /** Everybody may, and nobody first. */
    public static final Access OPEN = new Access(List.of(), Set.of());

    public Access {
        conditions = List.copyOf(conditions);
        if (conditions.size() > CONDITIONS_MAX) throw new IllegalArgumentException(conditions.size() + " conditions");
        if (allowList.size() > ALLOWED_MAX) throw new IllegalArgumentException(allowList.size() + " players");
        var ordered = new TreeSet<Long>(Long::compareUnsigned);
        ordered.addAll(allowList);
        allowList = Collections.unmodifiableSortedSet(ordered);
    }
}

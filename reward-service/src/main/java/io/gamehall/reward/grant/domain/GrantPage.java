package io.gamehall.reward.grant.domain;

import java.util.List;
import java.util.Optional;

/**
 * Some grants of one player, newest first.
 *
 * @param next where the next page starts, if there is one
 */
public record GrantPage(List<Grant> grants, Optional<Cursor> next) {
    public GrantPage {
        grants = List.copyOf(grants);
    }

    /**
     * Asks for a page.
     *
     * @param limit grants at most, 1-100
     * @param before only grants older than this
     */
    public record Query(long player, int limit, Optional<Cursor> before) {
        /** The largest page. */
        public static final int LIMIT_MAX = 100;

        /** The page when nothing else is asked for. */
        public static final int LIMIT_DEFAULT = 20;

        public Query {
            if (limit < 1 || limit > LIMIT_MAX) {
                throw new IllegalArgumentException("limit is a whole number from 1 to " + LIMIT_MAX);
            }
        }
    }

    /** A place in a player's grants; between grants of one millisecond the source decides. */
    public record Cursor(long grantedAtMs, String source) {}

    /** The page out of what was found, which is one more than the limit if there is a next page. */
    public static GrantPage of(List<Grant> found, int limit) {
        if (found.size() <= limit) return new GrantPage(found, Optional.empty());
        var last = found.get(limit - 1);
        return new GrantPage(
                found.subList(0, limit),
                Optional.of(new Cursor(last.grantedAtMs(), last.key().id())));
    }
}

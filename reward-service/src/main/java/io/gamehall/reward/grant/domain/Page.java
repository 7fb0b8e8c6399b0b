package io.gamehall.reward.grant.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some of a player's items.
 *
 * @param next where the next page starts, if there is one
 * @param <T> the items
 * @param <C> a place among them
 */
public record Page<T, C>(List<T> items, Optional<C> next) {
    /** The largest page. */
    public static final int LIMIT_MAX = 100;

    /** The page when nothing else is asked for. */
    public static final int LIMIT_DEFAULT = 20;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Asks for a page.
     *
     * @param limit items at most, 1-100
     * @param after where the page before this one ended
     */
    public record Query<C>(long player, int limit, Optional<C> after) {
        public Query {
            if (limit < 1 || limit > LIMIT_MAX) {
                throw new IllegalArgumentException("limit is a whole number from 1 to " + LIMIT_MAX);
            }
        }
    }

    /**
     * A place in a player's history, newest first.
     *
     * @param source orders what is of one millisecond
     * @param ordinal orders what became of one grant; 0 is the grant itself
     */
    public record Moment(long atMs, String source, int ordinal) {}

    /** A place among a player's holdings. */
    public record Place(String kind, String name) {}

    /** The page out of what was found, which is one more than the limit if there is a next page. */
    public static <T, C> Page<T, C> of(List<T> found, int limit, Function<T, C> place) {
        if (found.size() <= limit) return new Page<>(found, Optional.empty());
        return new Page<>(found.subList(0, limit), Optional.of(place.apply(found.get(limit - 1))));
    }
}

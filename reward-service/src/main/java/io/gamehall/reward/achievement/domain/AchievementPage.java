package io.gamehall.reward.achievement.domain;

import io.gamehall.reward.pipeline.domain.Bounds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Some achievements of one player, newest first.
 *
 * @param next where the next page starts, if there is one
 */
public record AchievementPage(List<Item> items, Optional<Cursor> next) {
    /** The order of pages. */
    public static final Comparator<Cursor> NEWEST_FIRST = Comparator.comparingLong(Cursor::atMs)
            .reversed()
            .thenComparing(Cursor::role)
            .thenComparing(Cursor::type);

    public AchievementPage {
        items = List.copyOf(items);
    }

    /** An achievement and the {@link Role#key()} it was reached by. */
    public record Item(String role, Achievement achievement) {
        Cursor cursor() {
            return new Cursor(achievement.latest().atMs(), role, achievement.type());
        }
    }

    /**
     * Asks for a page.
     *
     * @param limit achievements at most, 1-100
     * @param after only those that come after this one in the order of pages
     */
    public record Query(long player, int limit, Optional<Cursor> after) {
        /** The largest page. */
        public static final int LIMIT_MAX = 100;

        /** The page when nothing else is asked for. */
        public static final int LIMIT_DEFAULT = 20;

        public Query {
            if (limit < 1 || limit > LIMIT_MAX) {
                throw new IllegalArgumentException("limit is a whole number from 1 to " + LIMIT_MAX);
            }
        }

        /** Achievements as young as this may be on the page. */
        long youngestMs() {
            return after.map(Cursor::atMs).orElse(Long.MAX_VALUE);
        }

        boolean takes(Item item) {
            return after.isEmpty() || NEWEST_FIRST.compare(after.get(), item.cursor()) < 0;
        }
    }

    /** A place in a player's achievements. */
    public record Cursor(long atMs, String role, String type) {
        private static final int PARTS = 3;

        /** As it travels: opaque to clients, so that what is in it can change. */
        public String text() {
            // Neither a role nor a type has a space.
            var plain = atMs + " " + role + " " + type;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
        }

        /** @throws IllegalArgumentException if no page has given this text */
        public static Cursor parse(String text) {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            var parts = plain.split(" ", PARTS);
            if (parts.length < PARTS) throw new IllegalArgumentException("Parts are missing");
            return new Cursor(
                    Bounds.timeMs("time", Long.parseLong(parts[0])),
                    Role.parse(parts[1]).key(),
                    Bounds.visibleAscii("type", parts[2], AchievementReport.TYPE_LENGTH_MAX));
        }
    }

    /** The page out of all achievements that may be on it, in any order. */
    public static AchievementPage of(List<Item> found, Query query) {
        var page = found.stream()
                .filter(query::takes)
                .sorted(Comparator.comparing(Item::cursor, NEWEST_FIRST))
                .limit(query.limit() + 1L)
                .toList();
        if (page.size() <= query.limit()) return new AchievementPage(page, Optional.empty());
        var kept = page.subList(0, query.limit());
        return new AchievementPage(kept, Optional.of(kept.getLast().cursor()));
    }
}

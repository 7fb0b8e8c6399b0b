package io.gamehall.activity.catalog.domain;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a player has to be or to have in order to join. A join that the player has already needs it no more. */
public sealed interface Condition {
    /** The account is of one of these regions: 1-{@value #REGIONS_MAX} names. */
    record InRegion(Set<String> regions) implements Condition {
        public static final int REGIONS_MAX = 64;

        public InRegion {
            if (regions.isEmpty()
                    || regions.size() > REGIONS_MAX
                    || !regions.stream().allMatch(Condition::isName)) {
                throw new IllegalArgumentException("regions " + regions);
            }
            regions = Collections.unmodifiableSortedSet(new TreeSet<>(regions));
        }
    }

    /** The player's score in a game is at least that; it is 0 where no round of the game has been settled. */
    record ScoreAtLeast(String game, long score) implements Condition {
        public static final long SCORE_MAX = 1_000_000_000_000L;

        public ScoreAtLeast {
            if (!isName(game) || Math.abs(score) > SCORE_MAX) throw new IllegalArgumentException(game + " " + score);
        }
    }

    /** The player has a join of another activity of this region. */
    record Joined(ActivityId activity) implements Condition {}

    /** Names of regions and of games. */
    Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    /** Whether a region or a game can have that name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** What the condition is called in JSON and in answers. */
    default Kind kind() {
        return switch (this) {
            case InRegion ignored -> Kind.REGION;
            case ScoreAtLeast ignored -> Kind.SCORE;
            case Joined ignored -> Kind.JOINED;
        };
    }

    /** The kinds of conditions. */
    enum Kind {
        REGION,
        SCORE,
        JOINED;

        /** Empty when no kind has that name. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }

        /** The kind's name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

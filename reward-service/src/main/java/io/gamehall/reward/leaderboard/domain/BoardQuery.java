package io.gamehall.reward.leaderboard.domain;

/** Asks for a part of a game's board. Refuses nonsense with an {@link IllegalArgumentException} for the client. */
public sealed interface BoardQuery {
    /** The most places that are shown at once. */
    int PLACES_MAX = 100;

    /** Which game's, 1-32 visible ASCII characters. */
    String game();

    /**
     * From a rank on.
     *
     * @param offset how many ranks are passed over, 0-1,000,000
     * @param limit places at most, 1-{@value #PLACES_MAX}
     */
    record Top(String game, int offset, int limit) implements BoardQuery {
        private static final int OFFSET_MAX = 1_000_000;

        /** The page when nothing else is asked for. */
        public static final int LIMIT_DEFAULT = 20;

        public Top {
            requireGame(game);
            require("offset", offset, 0, OFFSET_MAX);
            require("limit", limit, 1, PLACES_MAX);
        }
    }

    /**
     * A player's rank, and those before and after it.
     *
     * @param around how many on either side, 0-{@value #AROUND_MAX}
     */
    record Around(String game, long player, int around) implements BoardQuery {
        private static final int AROUND_MAX = 50;

        /** Neighbours when nothing else is asked for. */
        public static final int AROUND_DEFAULT = 5;

        public Around {
            requireGame(game);
            require("around", around, 0, AROUND_MAX);
        }
    }

    private static void requireGame(String game) {
        boolean fits = !game.isEmpty() && game.length() <= 32;
        if (!fits || !game.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new IllegalArgumentException("A game's name is 1 to 32 visible ASCII characters");
        }
    }

    private static void require(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is a whole number from %d to %d".formatted(what, min, max));
        }
    }
}

package io.gamehall.hallctl.drill;

import java.time.Duration;

/**
 * What a drill is to do, checked.
 *
 * @param players beside one in each room that shows whether the room's partition answers
 * @param lasts at least, from the load's start; the fault strikes after a third
 * @param rooms of each game
 */
record DrillPlan(int players, Duration lasts, int rooms, long seed) {
    private static final int PLAYERS_MAX = 5_000;
    private static final int SECONDS_MIN = 6;
    private static final int SECONDS_MAX = 300;
    private static final int ROOMS_MAX = 100;
    /** Games of a hall. */
    private static final int GAMES = 3;

    /** @throws IllegalArgumentException with a message for the user */
    DrillPlan {
        within("--players", players, 1, PLAYERS_MAX);
        within("--seconds", (int) lasts.toSeconds(), SECONDS_MIN, SECONDS_MAX);
        within("--rooms", rooms, 1, ROOMS_MAX);
    }

    private static void within(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + " takes " + min + " to " + max + ".");
        }
    }

    /** So few places that rooms are full now and then: caps are to be tried, too. */
    int roomCapacity() {
        int all = players + GAMES * rooms;
        return Math.max(8, Math.ceilDiv(all * 9, GAMES * rooms * 10));
    }

    Duration untilStrike() {
        return lasts.dividedBy(3);
    }

    /** After the hall is whole again. */
    Duration afterHealing() {
        return lasts.dividedBy(5);
    }
}

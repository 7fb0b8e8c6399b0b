package io.gamehall.reward.leaderboard.redis;

import java.util.List;
import java.util.stream.Stream;

/** Names of what Redis holds of leaderboards. A game's keys share a hash tag, so that one script may touch them all. */
final class BoardKeys {
    private final String cell;
    /** Lock and number of builds, the list of games, and what is known of all boards. */
    final String lock;

    final String number;
    final String all;
    final String games;

    BoardKeys(String cell) {
        this.cell = cell;
        var tag = "{" + cell + ":boards}";
        lock = tag + ":lock";
        number = tag + ":number";
        all = tag + ":all";
        games = tag + ":games";
    }

    /** Of a game, in the order of {@code board_tell.lua}: the board, then the one that is being built. */
    List<String> of(String game) {
        var tag = "{" + cell + ":board:" + game + "}";
        return Stream.of("", ":next")
                .flatMap(which ->
                        Stream.of(":score", ":version", ":left", ":meta").map(part -> tag + which + part))
                .toList();
    }
}

package io.gamehall.activity.join;

import io.smallrye.mutiny.Uni;

/** The scores that reward-service keeps. */
public interface PlayerScores {
    /** The player's score in a game; 0 where there is none. Fails with the technology's exception. */
    Uni<Long> score(long player, String game);
}

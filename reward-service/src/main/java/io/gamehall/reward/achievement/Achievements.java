package io.gamehall.reward.achievement;

import io.gamehall.reward.achievement.domain.AchievementPage;
import io.smallrye.mutiny.Uni;

/** A player's achievements, to look at. */
public interface Achievements {
    /**
     * A page of the achievements of all of the player's roles, newest first.
     *
     * @return the page, empty where there is nothing; or a {@link io.gamehall.platform.Refusal} with
     *     {@code DEPENDENCY_UNAVAILABLE}
     */
    Uni<AchievementPage> page(AchievementPage.Query query);
}

package io.gamehall.reward.achievement.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.reward.achievement.domain.AchievementPage;
import io.gamehall.reward.achievement.domain.AchievementPage.Cursor;
import io.gamehall.reward.achievement.domain.AchievementPage.Item;
import io.gamehall.reward.achievement.domain.Merge;
import io.gamehall.reward.achievement.domain.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * A page of achievements as JSON.
 *
 * @param nextBefore value of {@code before} for the next page; left out on the last one
 */
@RegisterForReflection
public record AchievementsView(
        List<AchievementView> achievements,

        @JsonProperty("next_before") @JsonInclude(JsonInclude.Include.NON_NULL)
        String nextBefore) {
    static AchievementsView of(AchievementPage page) {
        return new AchievementsView(
                page.items().stream().map(AchievementView::of).toList(),
                page.next().map(Cursor::text).orElse(null));
    }

    /**
     * One achievement.
     *
     * @param value decimal digits in a string, because JavaScript's numbers end at 53 bits
     * @param sum whether the value is the total of all reports
     * @param payload of the latest report; base64 in JSON
     */
    @RegisterForReflection
    public record AchievementView(
            String platform,
            long zone,
            long server,
            @JsonProperty("role_id") String roleId,
            String type,
            String value,
            boolean sum,
            byte[] payload,
            String at,
            @JsonProperty("reported_at") String reportedAt) {
        static AchievementView of(Item item) {
            var role = Role.parse(item.role());
            var achievement = item.achievement();
            return new AchievementView(
                    role.platform(),
                    role.zone(),
                    role.server(),
                    role.id(),
                    achievement.type(),
                    Long.toString(achievement.value()),
                    achievement.merge() == Merge.SUM,
                    achievement.payload().bytes(),
                    Instant.ofEpochMilli(achievement.latest().atMs()).toString(),
                    Instant.ofEpochMilli(achievement.reportedAtMs()).toString());
        }
    }
}

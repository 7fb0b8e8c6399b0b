package io.gamehall.reward.achievement.rest;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.achievement.domain.AchievementPage.Cursor;
import io.gamehall.reward.achievement.domain.AchievementPage.Query;
import java.util.Optional;

/** What requests ask for. Everything is refused with {@link Reason#REQUEST_INVALID} that can't be read. */
final class Asked {
    private Asked() {}

    static long player(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException notANumber) {
            throw new Refusal(Reason.REQUEST_INVALID, "A player's id is a number");
        }
    }

    static Query query(long player, String limit, String before) {
        try {
            return new Query(
                    player,
                    limit == null ? Query.LIMIT_DEFAULT : Integer.parseInt(limit),
                    Optional.ofNullable(before).map(Asked::cursor));
        } catch (NumberFormatException notANumber) {
            throw new Refusal(Reason.REQUEST_INVALID, "limit is a whole number from 1 to " + Query.LIMIT_MAX);
        } catch (IllegalArgumentException nonsense) {
            throw new Refusal(Reason.REQUEST_INVALID, nonsense.getMessage());
        }
    }

    private static Cursor cursor(String text) {
        try {
            return Cursor.parse(text);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException("before is not the next_before of an earlier page", damaged);
        }
    }
}

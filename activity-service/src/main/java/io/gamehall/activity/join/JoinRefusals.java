package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.Condition;
import io.gamehall.activity.catalog.domain.Condition.InRegion;
import io.gamehall.activity.catalog.domain.Condition.Joined;
import io.gamehall.activity.catalog.domain.Condition.ScoreAtLeast;
import io.gamehall.activity.join.domain.JoinOutcome;
import io.gamehall.activity.join.domain.JoinOutcome.Accepted;
import io.gamehall.activity.join.domain.JoinOutcome.BeyondCap;
import io.gamehall.activity.join.domain.JoinOutcome.Busy;
import io.gamehall.activity.join.domain.JoinOutcome.Closed;
import io.gamehall.activity.join.domain.JoinOutcome.DayUsedUp;
import io.gamehall.activity.join.domain.JoinOutcome.NotEligible;
import io.gamehall.activity.join.domain.JoinOutcome.NotOpen;
import io.gamehall.activity.join.domain.JoinOutcome.Refused;
import io.gamehall.activity.join.domain.JoinOutcome.Repeated;
import io.gamehall.activity.join.domain.JoinOutcome.SoldOut;
import io.gamehall.activity.join.domain.JoinOutcome.Suspended;
import io.gamehall.activity.join.domain.JoinOutcome.TooFast;
import io.gamehall.activity.join.domain.JoinOutcome.Waiting;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Outcomes without a join, as every API tells them. */
final class JoinRefusals {
    private static final Duration SUSPENDED_RETRY = Duration.ofSeconds(5);

    private JoinRefusals() {}

    static Refusal of(Refused outcome) {
        return switch (outcome) {
            case NotOpen early ->
                new Refusal(Reason.ACTIVITY_NOT_OPEN, "It opens at " + early.opensAtMs() + " ms since 1970")
                        .with(Map.of("opens_at_ms", Long.toString(early.opensAtMs())));
            case Closed ignored -> new Refusal(Reason.ACTIVITY_CLOSED, "Its window is over");
            case Suspended ignored ->
                new Refusal(Reason.ACTIVITY_SUSPENDED, "It takes no joins for the time being")
                        .retryAfter(SUSPENDED_RETRY);
            case SoldOut ignored -> new Refusal(Reason.SOLD_OUT, "All of its quota has been given");
            case TooFast fast ->
                new Refusal(Reason.TOO_FAST, "You ask more often than this activity allows")
                        .retryAfter(micros(fast.retryAfterMicros()));
            case NotEligible ineligible ->
                new Refusal(Reason.NOT_ELIGIBLE, detail(ineligible.unmet()))
                        .with(Map.of("condition", ineligible.unmet().kind().word()));
            case DayUsedUp used ->
                new Refusal(Reason.DAY_USED_UP, "A player has at most " + used.perDay() + " joins a day here")
                        .with(Map.of("next_day_at_ms", Long.toString(used.nextDayAtMs())));
            case Busy busy ->
                new Refusal(Reason.ACTIVITY_BUSY, "Too many wait for it already")
                        .retryAfter(micros(busy.retryAfterMicros()));
            case BeyondCap cap ->
                new Refusal(Reason.REQUEST_INVALID, "A player has at most " + cap.perPlayer() + " joins here");
        };
    }

    /** Value of the metric's tag {@code outcome}. */
    static String label(JoinOutcome outcome, Throwable failure) {
        if (failure instanceof Refusal refusal) return refusal.reason().name().toLowerCase(Locale.ROOT);
        if (failure != null) return "internal";
        return switch (outcome) {
            case Accepted ignored -> "accepted";
            case Repeated ignored -> "repeated";
            case NotOpen ignored -> "activity_not_open";
            case Closed ignored -> "activity_closed";
            case Suspended ignored -> "activity_suspended";
            case SoldOut ignored -> "sold_out";
            case TooFast ignored -> "too_fast";
            case NotEligible ignored -> "not_eligible";
            case DayUsedUp ignored -> "day_used_up";
            case Waiting ignored -> "waiting";
            case Busy ignored -> "activity_busy";
            case BeyondCap ignored -> "request_invalid";
        };
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1000);
    }

    private static String detail(Condition unmet) {
        return switch (unmet) {
            case InRegion region -> "It is for accounts of " + String.join(", ", region.regions());
            case ScoreAtLeast score -> "It is for players with a score of " + score.score() + " in " + score.game();
            case Joined joined -> "It is for players who have joined " + joined.activity();
        };
    }
}

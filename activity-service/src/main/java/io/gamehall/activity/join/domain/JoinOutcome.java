package io.gamehall.activity.join.domain;

import io.gamehall.activity.catalog.domain.Condition;

/** What the rules say to a {@link JoinRequest}. */
public sealed interface JoinOutcome {
    /** The player has joined. */
    record Accepted(int ordinal, long joinedAtMs) implements JoinOutcome {}

    /** The player had that join already; nothing has changed. */
    record Repeated(int ordinal, long joinedAtMs) implements JoinOutcome {}

    /** The player has no such join, and no time is kept free for one. */
    sealed interface Refused extends JoinOutcome {}

    /** The window opens later. */
    record NotOpen(long opensAtMs) implements Refused {}

    /** The window is over. */
    record Closed() implements Refused {}

    /** An administrator has paused the activity. */
    record Suspended() implements Refused {}

    /** All of the quota has been given. */
    record SoldOut() implements Refused {}

    /** The player's bucket is empty; a token comes back in that many microseconds. */
    record TooFast(long retryAfterMicros) implements Refused {}

    /** The request names an ordinal that the activity does not give. */
    record BeyondCap(int perPlayer) implements Refused {}

    /** The player does not meet that condition. */
    record NotEligible(Condition unmet) implements Refused {}

    /** The player has all joins that the activity gives on one day; the next day begins at that time. */
    record DayUsedUp(int perDay, long nextDayAtMs) implements Refused {}

    /**
     * The activity gives joins to all no faster than it does. The player's turn comes in that many microseconds, and is
     * kept free for them: nobody who asks later has an earlier one.
     */
    record Waiting(long turnAfterMicros) implements JoinOutcome {}

    /** The same, but it would be their turn so late that none is kept free. */
    record Busy(long retryAfterMicros) implements Refused {}
}

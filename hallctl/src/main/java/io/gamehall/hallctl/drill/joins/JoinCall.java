package io.gamehall.hallctl.drill.joins;

import io.gamehall.hallctl.drill.history.Span;

/**
 * One request to join an activity, and what the player was told. The same request is made again until it is answered:
 * each try is a call of its own here.
 *
 * @param outcome how it ended
 * @param told the join that the player has by the answer; null where it names none
 * @param reason the code of a refusal; why there was no answer; empty for a join
 */
public record JoinCall(long player, String activity, Span span, Outcome outcome, Told told, String reason) {
    /** How a call ended. */
    public enum Outcome {
        /** 201: the join is new. */
        GRANTED,
        /** 200: the player has had it before. */
        REPEATED,
        /** Decided for good: sold out, closed, not eligible. */
        REFUSED,
        /** Put off, with a reason: whether it was decided is not known to the player. */
        PUT_OFF,
        /** No answer, or one without a reason. */
        FAILED
    }

    /** A join, as an answer names it. */
    public record Told(int ordinal, long joinedAtMs) {}

    /** Nothing was left. */
    boolean isSoldOut() {
        return outcome == Outcome.REFUSED && reason.equals("SOLD_OUT");
    }

    boolean isAnswered() {
        return outcome == Outcome.GRANTED || outcome == Outcome.REPEATED || outcome == Outcome.REFUSED;
    }

    @Override
    public String toString() {
        return "%s %d..%d ms %s%s%s"
                .formatted(
                        activity,
                        span.startMs(),
                        span.endMs(),
                        outcome,
                        told == null ? "" : " " + told,
                        reason.isEmpty() ? "" : " " + reason);
    }
}

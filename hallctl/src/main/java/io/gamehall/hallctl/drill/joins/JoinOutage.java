package io.gamehall.hallctl.drill.joins;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** For how long no join was granted. */
final class JoinOutage {
    private JoinOutage() {}

    /**
     * The longest time between two answers that granted a join, within a stretch of time; its ends count as answers.
     *
     * @return milliseconds
     */
    static double longestMs(List<JoinCall> calls, long fromNanos, long toNanos) {
        var answers = calls.stream()
                .filter(call -> call.outcome() == JoinCall.Outcome.GRANTED)
                .mapToLong(call -> call.span().endNanos())
                .filter(at -> at - fromNanos > 0 && toNanos - at > 0)
                .sorted()
                .toArray();
        long longest = 0;
        long before = fromNanos;
        for (long at : answers) {
            longest = Math.max(longest, at - before);
            before = at;
        }
        return Math.max(longest, toNanos - before) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}

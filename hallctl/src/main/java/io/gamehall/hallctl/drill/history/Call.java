package io.gamehall.hallctl.drill.history;

/**
 * A request and what was answered, over all of its tries: they carry the same request id.
 *
 * @param player id of the player
 * @param number of the player's calls, from 1; part of the request id
 * @param room asked for, or answered; empty: not known (an auto-enter that nobody answered)
 * @param table answered by a quick-join, reported on, or told by a refusal; {@link #NONE} if there is none
 * @param seat likewise
 * @param round reported on; 0 if there is none
 * @param tries 1: answered at once
 * @param reason of the refusal or failure; empty: acknowledged
 */
public record Call(
        long player,
        int number,
        CallKind kind,
        String room,
        int table,
        int seat,
        long round,
        Span span,
        int tries,
        Outcome outcome,
        String reason) {
    public static final int NONE = -1;

    public String requestId() {
        return requestId(player, number);
    }

    public static String requestId(long player, int number) {
        return Long.toUnsignedString(player, 36) + "-" + number;
    }

    /** A try of which nothing was heard may have taken effect, whatever was answered to a later one. */
    public boolean mayHaveTakenEffectUnheard() {
        return outcome == Outcome.FAILED || outcome == Outcome.REFUSED && tries > 1;
    }

    /** The owner refused a repeated call because of what the call itself had done before. */
    public boolean isRefusedForItsOwnEffect() {
        return outcome == Outcome.REFUSED
                && tries > 1
                && kind.refusalOfItsOwnEffect().filter(reason::equals).isPresent();
    }

    @Override
    public String toString() {
        var where = room
                + (table == NONE ? "" : "/" + table)
                + (seat == NONE ? "" : " seat " + seat)
                + (round == 0 ? "" : " round " + round);
        return "%d..%d %s %s %s: %s%s%s"
                .formatted(
                        span.startMs(),
                        span.endMs(),
                        requestId(),
                        kind,
                        where,
                        outcome,
                        reason.isEmpty() ? "" : " " + reason,
                        tries == 1 ? "" : " after " + tries + " tries");
    }
}

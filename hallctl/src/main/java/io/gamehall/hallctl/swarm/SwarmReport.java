package io.gamehall.hallctl.swarm;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What a run came to: the flat JSON of {@code --json}. Latencies are milliseconds of the answered calls, 0 if there were
 * none.
 *
 * @param players that were to play
 * @param logins sessions that were opened
 * @param redirects followed
 * @param quickJoinFailedWhileFree refused for want of a seat while the directory showed a free one in the room
 * @param roundsSettled undisputed rounds, each once
 * @param joinsAccepted by the activity
 * @param rewardsReceived joins whose reward was told on the event stream
 * @param errors calls that failed, and promises that were broken
 */
@JsonPropertyOrder({
    "players", "logins", "redirects", "rooms_entered", "seats_taken", "quick_join_failed_while_free", "rounds_settled",
    "joins_accepted", "rewards_received", "errors", "login_p99_ms", "enter_p99_ms", "seat_p99_ms", "join_p99_ms"
})
record SwarmReport(
        @JsonProperty("players") long players,
        @JsonProperty("logins") long logins,
        @JsonProperty("redirects") long redirects,
        @JsonProperty("rooms_entered") long roomsEntered,
        @JsonProperty("seats_taken") long seatsTaken,
        @JsonProperty("quick_join_failed_while_free") long quickJoinFailedWhileFree,
        @JsonProperty("rounds_settled") long roundsSettled,
        @JsonProperty("joins_accepted") long joinsAccepted,
        @JsonProperty("rewards_received") long rewardsReceived,
        @JsonProperty("errors") long errors,
        @JsonProperty("login_p99_ms") double loginP99Ms,
        @JsonProperty("enter_p99_ms") double enterP99Ms,
        @JsonProperty("seat_p99_ms") double seatP99Ms,
        @JsonProperty("join_p99_ms") double joinP99Ms) {
    private static final double P99 = 99;

    static SwarmReport of(int players, Tally tally) {
        return new SwarmReport(
                players,
                tally.logins.sum(),
                tally.redirects.sum(),
                tally.roomsEntered.sum(),
                tally.seatsTaken.sum(),
                tally.quickJoinFailedWhileFree.sum(),
                tally.roundsSettled(),
                tally.joinsAccepted.sum(),
                tally.rewardsReceived.sum(),
                tally.faults.count(),
                tally.of(CallKind.LOGIN).percentileMs(P99),
                CallStats.percentileMs(P99, tally.of(CallKind.AUTO_ENTER), tally.of(CallKind.ENTER)),
                tally.of(CallKind.QUICK_JOIN).percentileMs(P99),
                tally.of(CallKind.JOIN_ACTIVITY).percentileMs(P99));
    }

    /** 0, or 1 if there were errors or not every accepted join was rewarded. */
    int exitCode() {
        return errors == 0 && rewardsReceived == joinsAccepted ? 0 : 1;
    }

    /** The run in one line. */
    String verdict() {
        var summary = "%d of %d players logged in, %d rounds settled, %d of %d rewards received, %d errors"
                .formatted(logins, players, roundsSettled, rewardsReceived, joinsAccepted, errors);
        var quickJoin = quickJoinFailedWhileFree == 0
                ? ""
                : ", quick join failed %d times while seats were free".formatted(quickJoinFailedWhileFree);
        return (exitCode() == 0 ? "OK: " : "FAILED: ") + summary + quickJoin + ".";
    }
}

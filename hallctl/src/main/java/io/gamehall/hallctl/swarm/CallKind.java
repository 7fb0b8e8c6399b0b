package io.gamehall.hallctl.swarm;

import java.util.Set;

/**
 * The calls of a player, in the order of a player's life.
 *
 * <p>Each knows the reasons (docs/errors.md) that a correct client may meet although it did nothing wrong: other
 * players are faster, a room is full, an activity is over. Such an answer is a refusal, and not an error.
 */
enum CallKind {
    REGISTER("Register"),
    LOGIN("Login"),
    SUBSCRIBE("Subscribe"),
    WATCH_ROOMS("WatchRooms"),
    LIST_ROOMS("ListRooms"),
    AUTO_ENTER("AutoEnter", "GAME_FULL"),
    ENTER("Enter", "ROOM_FULL", "ROOM_CLOSED"),
    QUICK_JOIN("QuickJoin", "NO_FREE_SEAT"),
    READY("Ready", "ROUND_RUNNING"),
    REPORT_RESULT("ReportResult", "NOT_IN_ROUND"),
    STAND("Stand"),
    LEAVE("Leave"),
    JOIN_ACTIVITY("POST joins", "SOLD_OUT", "ACTIVITY_NOT_OPEN", "ACTIVITY_CLOSED"),
    ACCOUNT("GET accounts/me"),
    GRANTS("GET grants/me");

    private final String label;
    private final Set<String> legitimate;

    CallKind(String label, String... legitimate) {
        this.label = label;
        this.legitimate = Set.of(legitimate);
    }

    /** As in the table of calls. */
    String label() {
        return label;
    }

    /** Whether the reason is an answer that a correct client has to live with. */
    boolean mayAnswer(String reason) {
        return legitimate.contains(reason);
    }

    /** Whether a hall under a storm of logins may put this call off for as long as the run lasts. */
    boolean isLogin() {
        return this == REGISTER || this == LOGIN;
    }
}

package io.gamehall.hallctl.drill.history;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a drill's player asks of a room, and the refusals that a correct player has to live with. */
public enum CallKind {
    AUTO_ENTER("GAME_FULL", "ALREADY_IN_ROOM"),
    ENTER("ROOM_FULL", "ROOM_CLOSED", "ALREADY_IN_ROOM"),
    QUICK_JOIN("NO_FREE_SEAT", "ALREADY_SEATED", "NOT_IN_ROOM"),
    STAND("NOT_SEATED", "NOT_IN_ROOM"),
    LEAVE("NOT_IN_ROOM"),
    READY("ROUND_RUNNING", "NOT_SEATED", "NOT_IN_ROOM"),
    REPORT("NOT_IN_ROUND", "RESULT_INVALID", "NOT_IN_ROOM");

    /** What the owner answers to a repeated call of which it does not know that it has taken effect before. */
    private static final Map<CallKind, String> OWN_EFFECT =
            Map.of(QUICK_JOIN, "ALREADY_SEATED", STAND, "NOT_SEATED", LEAVE, "NOT_IN_ROOM", REPORT, "NOT_IN_ROUND");

    private final Set<String> refusals;

    CallKind(String... refusals) {
        this.refusals = Set.of(refusals);
    }

    /** Whether that refusal can be the right answer to this call. */
    public boolean mayBeRefused(String reason) {
        return refusals.contains(reason);
    }

    /** The refusal by which a player learns that the same call has taken effect before; empty: there is none. */
    public Optional<String> refusalOfItsOwnEffect() {
        return Optional.ofNullable(OWN_EFFECT.get(this));
    }
}

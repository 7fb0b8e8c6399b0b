package io.gamehall.activity.join.domain;

import io.gamehall.activity.catalog.domain.Condition;
import java.util.Optional;

/**
 * A player asks to join an activity.
 *
 * @param player the player's id, unsigned, not 0
 * @param region the account's region
 * @param ordinal which of the player's joins it is to be, from 1 on: repeats of the request then never join twice;
 *     {@link #NEXT} takes the first that the player does not have, or repeats the last one when the player has all that
 *     the activity gives, in total or today
 * @param unmet a condition of the activity that the player does not meet, if any
 * @param isTurn whether the player has waited for this moment, and so has passed the activity's rate already
 */
public record JoinRequest(long player, String region, int ordinal, Optional<Condition> unmet, boolean isTurn) {
    public static final int NEXT = 0;

    public JoinRequest {
        if (player == 0) throw new IllegalArgumentException("No player has the id 0");
        if (ordinal < NEXT) throw new IllegalArgumentException("ordinal " + ordinal);
    }

    /** Of a player who meets every condition, or of whom that is still to be found out. */
    public JoinRequest(long player, String region, int ordinal) {
        this(player, region, ordinal, Optional.empty(), false);
    }

    /** The same, at the moment for which the player has waited. */
    public JoinRequest inTurn() {
        return new JoinRequest(player, region, ordinal, unmet, true);
    }

    /** The same, knowing which condition is not met. */
    public JoinRequest unmet(Optional<Condition> condition) {
        return new JoinRequest(player, region, ordinal, condition, isTurn);
    }
}

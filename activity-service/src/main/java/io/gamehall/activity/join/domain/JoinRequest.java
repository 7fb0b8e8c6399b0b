package io.gamehall.activity.join.domain;

/**
 * A player asks to join an activity.
 *
 * @param player the player's id, unsigned, not 0
 * @param region the account's region
 * @param ordinal which of the player's joins it is to be, from 1 on: repeats of the request then never join twice;
 *     {@link #NEXT} takes the first that the player does not have, or repeats the last one when the player has all
 */
public record JoinRequest(long player, String region, int ordinal) {
    public static final int NEXT = 0;

    public JoinRequest {
        if (player == 0) throw new IllegalArgumentException("No player has the id 0");
        if (ordinal < NEXT) throw new IllegalArgumentException("ordinal " + ordinal);
    }
}

package io.gamehall.room.journal;

import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.PlayerId;

/**
 * What was answered to a request. It stands in the journal with the last record of the decision, so that a repeated
 * request gets the first answer also from a later owner.
 *
 * @param requestId chosen by the client, unique for the player; never empty
 */
public record Answer(PlayerId player, String requestId, Decision.Reply reply) {}

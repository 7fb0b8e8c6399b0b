package io.gamehall.reward.grant;

import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantChange;

/** A change of which the player is to be told. */
public record DueChange(Grant grant, GrantChange change) {}

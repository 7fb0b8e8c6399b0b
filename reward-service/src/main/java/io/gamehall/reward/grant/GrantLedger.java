package io.gamehall.reward.grant;

import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.JoinFact;
import io.gamehall.reward.pipeline.Ledger;

/** Where grants, and the points they come to, are kept. */
public interface GrantLedger extends Ledger<JoinFact, Grant> {}

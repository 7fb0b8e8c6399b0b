package io.gamehall.reward.score;

import io.gamehall.reward.pipeline.Ledger;
import io.gamehall.reward.score.domain.ScoreFact;
import io.gamehall.reward.score.domain.Standing;

/** Where scores and the rounds behind them are kept. */
public interface ScoreLedger extends Ledger<ScoreFact, Standing> {}

package io.gamehall.reward.achievement;

import io.gamehall.reward.achievement.domain.AchievementReport;
import io.gamehall.reward.achievement.domain.Reached;
import io.gamehall.reward.pipeline.Ledger;

/** Where achievements are kept. */
public interface AchievementLedger extends Ledger<AchievementReport, Reached> {}

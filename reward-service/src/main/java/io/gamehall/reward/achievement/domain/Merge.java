package io.gamehall.reward.achievement.domain;

/** How the reports of one type come together. */
public enum Merge {
    /** The latest one stands. */
    LATEST,
    /** All are added up. */
    SUM
}

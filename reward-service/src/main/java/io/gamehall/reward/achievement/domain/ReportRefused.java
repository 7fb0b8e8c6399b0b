package io.gamehall.reward.achievement.domain;

/** A report that its set will never take. */
public final class ReportRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReportRefused(String message) {
        super(message);
    }
}

package io.gamehall.reward.grant;

import java.time.Duration;

/** Few of everything: two claims at once, pages of two players. */
record Settings() implements GrantConfig {
    @Override
    public Duration claimWindow() {
        return Duration.ofDays(30);
    }

    @Override
    public int changesInFlightMax() {
        return 2;
    }

    @Override
    public Duration tellEvery() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration checkEvery() {
        return Duration.ofSeconds(5);
    }

    @Override
    public int checkPlayers() {
        return 2;
    }
}

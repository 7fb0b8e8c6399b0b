package io.gamehall.reward;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The way of reports in the packaged service: the jar, or the native executable with {@code -Dnative}. */
@QuarkusIntegrationTest
class AchievementIT extends AchievementPathTest {}

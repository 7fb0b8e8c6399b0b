package io.gamehall.reward;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The main path of the packaged service: the jar, or the native executable with {@code -Dnative}. */
@QuarkusIntegrationTest
class RewardIT extends MainPathTest {}

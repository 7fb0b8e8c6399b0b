package io.gamehall.activity;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.SessionLimitContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@TestProfile(SessionLimitContract.Strict.class)
class SessionLimitTest extends SessionLimitContract {
    SessionLimitTest() {
        super("/api/activities/unknown/joins/me");
    }
}

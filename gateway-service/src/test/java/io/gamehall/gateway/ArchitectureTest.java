package io.gamehall.gateway;

import io.gamehall.platform.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void the_house_rules_hold() {
        HouseRules.check("io.gamehall.gateway");
    }
}

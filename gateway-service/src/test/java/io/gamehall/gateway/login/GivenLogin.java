package io.gamehall.gateway.login;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings of login for what a test makes by itself. */
final class GivenLogin {
    private static final String PREFIX = "gamehall.login.";
    private static final Map<String, String> REQUIRED = Map.of(
            "hall-address", "localhost:1", "activity-url", "http://localhost:2", "reward-url", "http://localhost:3");

    private GivenLogin() {}

    /** The defaults, but for these. */
    static LoginConfig config(Map<String, String> settings) {
        var properties = new HashMap<String, String>();
        REQUIRED.forEach((key, value) -> properties.put(PREFIX + key, value));
        settings.forEach((key, value) -> properties.put(PREFIX + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(LoginConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(LoginConfig.class);
    }
}

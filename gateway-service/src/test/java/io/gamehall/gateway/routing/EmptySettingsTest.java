package io.gamehall.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.address.ClientAddressConfig;
import io.quarkus.vertx.http.runtime.cors.CORSConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** k8s/base gives these variables to every cell, and most have no value there. */
class EmptySettingsTest {
    private static final int ORDINAL = 300;

    @Test
    void a_variable_without_a_value_is_not_set() {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(ClientAddressConfig.class)
                .withMapping(RoutingConfig.class)
                .withMapping(MaxmindConfig.class)
                .withMapping(CORSConfig.class, "quarkus.http.cors")
                .withSources(new EnvConfigSource(
                        Map.of(
                                "GAMEHALL_ROUTING_HALL_ADDRESS", "hall.test:443",
                                "GAMEHALL_ROUTING_SERVICE_CREDENTIAL", "for the test",
                                "GAMEHALL_ROUTING_NEIGHBOURS", "",
                                "GAMEHALL_ROUTING_TRUSTED_PROXIES", "",
                                "GAMEHALL_ROUTING_PROXY_HEADER", "x-forwarded-for",
                                "GAMEHALL_ROUTING_TABLE", "",
                                "GAMEHALL_ROUTING_MAXMIND_DATABASE", "",
                                "GAMEHALL_ROUTING_MAXMIND_REGIONS", "",
                                "QUARKUS_HTTP_CORS_ORIGINS", ""),
                        ORDINAL))
                .build();

        assertThat(config.getConfigMapping(ClientAddressConfig.class).trustedProxies())
                .isEmpty();
        assertThat(config.getConfigMapping(RoutingConfig.class).neighbours()).isEmpty();
        assertThat(config.getConfigMapping(RoutingConfig.class).table()).isEmpty();
        assertThat(config.getConfigMapping(MaxmindConfig.class).database()).isEmpty();
        assertThat(config.getConfigMapping(MaxmindConfig.class).regions()).isEmpty();
        assertThat(config.getConfigMapping(CORSConfig.class, "quarkus.http.cors")
                        .origins())
                .isEmpty();
    }
}

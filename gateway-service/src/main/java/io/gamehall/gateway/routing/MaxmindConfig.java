package io.gamehall.gateway.routing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of a MaxMind database, asked for addresses that the table of {@link RoutingConfig} does not have. */
@ConfigMapping(prefix = "gamehall.routing.maxmind")
public interface MaxmindConfig {
    /** The {@code .mmdb} file; held in memory, read again when it changes. */
    Optional<Path> database();

    /**
     * What of a record is compared with the left sides of {@code regions}, the first that fits decides: fields by
     * their path, several joined by {@code +} have their values joined by {@code -}.
     */
    @WithDefault("country.iso_code+subdivisions.0.iso_code,country.iso_code")
    List<String> keys();

    /** {@code key=region}, e.g. {@code CN-GD=shenzhen-telecom,US=north-america}. */
    Optional<List<String>> regions();
}

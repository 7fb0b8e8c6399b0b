package io.gamehall.gateway.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of login with OpenID Connect; off as long as no issuer is named. */
@ConfigMapping(prefix = "gamehall.login.oidc")
public interface OidcConfig {
    /** The issuer whose ID tokens are believed, as their {@code iss} has it. */
    Optional<String> issuer();

    /** This hall's client id at the issuer: a token's {@code aud} must hold it. Needed with an issuer. */
    Optional<String> audience();

    /** The issuer's JWK set (https URL, file or resource; http on this machine only) with its RS256 keys. Needed with an issuer. */
    Optional<String> jwksLocation();

    /** How old an ID token may be: a stolen one is of no use for longer. */
    @WithDefault("10m")
    Duration tokenAgeMax();

    /** By how much the issuer's clock may differ from ours. */
    @WithDefault("30s")
    Duration clockSkew();

    /** How often the issuer's keys are read again. */
    @WithDefault("10m")
    Duration keysRefresh();
}

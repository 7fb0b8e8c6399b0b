package io.gamehall.gateway.signing;

import io.gamehall.platform.Tickets;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Ready once the key that signs is among those that are verified with here: a gateway whose tokens nobody would believe
 * must not take logins, and a rolling update that would bring it stops. Stays so when keys change later.
 */
@Readiness
@Singleton
class SigningKeyCheck implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(SigningKeyCheck.class);

    private final SigningKey key;
    private final Tickets tickets;
    private volatile boolean believed;

    SigningKeyCheck(SigningKey key, Tickets tickets) {
        this.key = key;
        this.tickets = tickets;
    }

    @Override
    public HealthCheckResponse call() {
        if (!believed) {
            believed = tickets.keys().filter(key::isAmong).isPresent();
            if (!believed) {
                LOG.warnf(
                        "The signing key %s is not, under this id, at mp.jwt.verify.publickey.location: as PEM it has"
                                + " the id of its thumbprint, and gamehall.signing.key-id needs a JWK set there",
                        key.id());
            }
        }
        return HealthCheckResponse.named("signing key")
                .status(believed)
                .withData("kid", key.id())
                .build();
    }
}

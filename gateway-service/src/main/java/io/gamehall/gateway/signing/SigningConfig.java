package io.gamehall.gateway.signing;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of the key with which this hall signs. */
@ConfigMapping(prefix = "gamehall.signing")
public interface SigningConfig {
    /** The private key (PEM, PKCS#8, RSA of 2048 bits or more): a file or resource. Read at the start. */
    String keyLocation();

    /**
     * The id ({@code kid}) that signatures name. By default the thumbprint of the public key (RFC 7638), under which
     * those know it who have it as PEM; another needs a JWK set at {@code mp.jwt.verify.publickey.location}.
     */
    Optional<String> keyId();
}

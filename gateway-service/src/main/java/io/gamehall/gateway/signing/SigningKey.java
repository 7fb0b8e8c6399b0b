package io.gamehall.gateway.signing;

import io.gamehall.platform.PublicKeys;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.jwt.util.KeyUtils;
import io.smallrye.jwt.util.ResourceUtils;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;

/** The key with which this hall signs what it gives to players (RS256). Safe for any thread. */
@Singleton
public class SigningKey {
    private final PrivateKey key;
    private final RSAPublicKey publicKey;
    private final String id;

    SigningKey(SigningConfig config) throws IOException, GeneralSecurityException {
        // Read once: the builder's own way is to read the file for each token.
        var pem = ResourceUtils.readResource(config.keyLocation());
        if (pem == null) throw new IOException("No private key at " + config.keyLocation());
        key = KeyUtils.decodePrivateKey(pem, SignatureAlgorithm.RS256);
        publicKey = publicHalf(key);
        id = config.keyId().orElseGet(() -> PublicKeys.thumbprint(publicKey));
    }

    /** Signs claims, naming the key. Takes a processor about a millisecond: not for an event loop. */
    public String sign(JwtClaimsBuilder claims) {
        return claims.jws().algorithm(SignatureAlgorithm.RS256).keyId(id).sign(key);
    }

    String id() {
        return id;
    }

    /** What others verify the signatures with. */
    public PublicKeys publicKeys() {
        return PublicKeys.of(id, publicKey);
    }

    /**
     * Whether signatures of this key are good to those who have these keys, and will be when there is another beside it:
     * a lone PEM block is the key of every id now, but of its thumbprint only as soon as a second one follows.
     */
    boolean isAmong(PublicKeys keys) {
        return keys.ids().contains(id)
                && keys.find(id).filter(publicKey::equals).isPresent();
    }

    private static RSAPublicKey publicHalf(PrivateKey key) throws GeneralSecurityException {
        if (!(key instanceof RSAPrivateCrtKey rsa)) throw new GeneralSecurityException("Not an RSA key with its parts");
        var half = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(half);
    }
}

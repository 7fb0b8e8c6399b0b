package io.gamehall.platform.testing;

import io.gamehall.platform.PublicKeys;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** A fresh RSA key pair of an id, for tests of who believes whose signatures. */
public final class RsaKey {
    private final String id;
    private final KeyPair pair;

    public RsaKey(String id) {
        this.id = id;
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed with RS256, naming the key. */
    public String sign(JwtClaimsBuilder claims) {
        return signAs(id, claims);
    }

    /** Signed with RS256 under any id, or none (null). */
    public String signAs(String id, JwtClaimsBuilder claims) {
        var signature = claims.jws().algorithm(SignatureAlgorithm.RS256);
        if (id != null) signature.keyId(id);
        return signature.sign(pair.getPrivate());
    }

    /** With {@code "alg": "none"}. */
    public static String unsigned(JwtClaimsBuilder claims) {
        var header = "{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8);
        var signed = new RsaKey("none").sign(claims);
        var body = signed.substring(signed.indexOf('.'), signed.lastIndexOf('.') + 1);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header) + body;
    }

    public String thumbprint() {
        return PublicKeys.thumbprint(publicKey());
    }

    /** The public key. */
    public String pem() {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    /** A JWK set of this public key and others. */
    public String and(RsaKey... others) {
        var keys = PublicKeys.of(id, publicKey());
        for (var other : others) keys = keys.and(PublicKeys.of(other.id, other.publicKey()));
        return keys.toJson();
    }

    private RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }
}

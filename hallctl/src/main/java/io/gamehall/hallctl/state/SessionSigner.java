package io.gamehall.hallctl.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Signs session tokens as the hall's gateways do. Any thread; one signature takes a processor about a millisecond. */
public final class SessionSigner {
    private final PrivateKey key;

    /** @param privateKey PEM, PKCS#8 */
    public SessionSigner(Path privateKey) throws IOException {
        try {
            var body = Files.readString(privateKey).replaceAll("-----[A-Z ]+-----", "");
            var der = Base64.getMimeDecoder().decode(body);
            key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign with " + privateKey, e);
        }
    }

    /**
     * A token of the first session of an account.
     *
     * @param group {@code player} or {@code admin}
     */
    public String sign(long player, String name, String region, String group, Duration life) {
        var now = Instant.now();
        var claims = "{\"iss\":\"gamehall\",\"sub\":\"" + Long.toUnsignedString(player) + "\",\"name\":\"" + name
                + "\",\"region\":\"" + region + "\",\"gen\":1,\"groups\":[\"" + group + "\"],\"iat\":"
                + now.getEpochSecond() + ",\"exp\":" + now.plus(life).getEpochSecond() + "}";
        var signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot sign with RSA", e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

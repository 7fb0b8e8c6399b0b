package io.gamehall.platform;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/** The RSA keys with which signatures are verified, each under its key id ({@code kid}). Immutable. */
public final class PublicKeys {
    /** The algorithm of every signature. */
    public static final String ALGORITHM = AlgorithmIdentifiers.RSA_USING_SHA256;

    private static final int BITS_MIN = 2_048;
    private static final Pattern PEM = Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----");

    private final Map<String, RSAPublicKey> keys;
    /** The source has one key and gives it no id. */
    private final boolean nameless;

    private PublicKeys(Map<String, RSAPublicKey> keys, boolean nameless) {
        this.keys = Map.copyOf(keys);
        this.nameless = nameless;
    }

    /** One key of an id. */
    public static PublicKeys of(String id, RSAPublicKey key) {
        return new PublicKeys(Map.of(id, key), false);
    }

    /**
     * Reads a JWK set, or one or more PEM blocks {@code PUBLIC KEY}. A key without an id gets its thumbprint. Keys of a
     * set that are for other purposes or algorithms are passed over.
     *
     * @throws GeneralSecurityException for no usable key, or one under 2048 bits
     */
    public static PublicKeys parse(String text) throws GeneralSecurityException {
        var keys = new LinkedHashMap<String, RSAPublicKey>();
        boolean named = text.stripLeading().startsWith("{") ? addSet(text, keys) : addPem(text, keys);
        if (keys.isEmpty()) throw new GeneralSecurityException("No RSA key is in it, neither as JWK set nor as PEM");
        return new PublicKeys(keys, keys.size() == 1 && !named);
    }

    /**
     * The key that a signature names. One that names none, and a source that names none, are of one mind if there is
     * one key only.
     *
     * @param id may be null
     */
    public Optional<RSAPublicKey> find(String id) {
        var named = id == null ? null : keys.get(id);
        boolean only = keys.size() == 1 && (id == null || nameless);
        return only ? keys.values().stream().findFirst() : Optional.ofNullable(named);
    }

    public Set<String> ids() {
        return keys.keySet();
    }

    /** These keys and others; of two with the same id this set's. */
    public PublicKeys and(PublicKeys others) {
        var all = new LinkedHashMap<>(others.keys);
        all.putAll(keys);
        return new PublicKeys(all, false);
    }

    /** As a JWK set (RFC 7517). */
    public String toJson() {
        var set = new JsonWebKeySet();
        keys.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            var jwk = new RsaJsonWebKey(entry.getValue());
            jwk.setKeyId(entry.getKey());
            jwk.setUse(Use.SIGNATURE);
            jwk.setAlgorithm(ALGORITHM);
            set.addJsonWebKey(jwk);
        });
        return set.toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** The id of a key that nobody has named: RFC 7638, SHA-256. */
    public static String thumbprint(RSAPublicKey key) {
        return new RsaJsonWebKey(key).calculateBase64urlEncodedThumbprint("SHA-256");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKeys that && keys.equals(that.keys) && nameless == that.nameless;
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    private static boolean addSet(String json, Map<String, RSAPublicKey> keys) throws GeneralSecurityException {
        boolean named = false;
        try {
            for (var jwk : new JsonWebKeySet(json).getJsonWebKeys()) {
                if (!(jwk instanceof RsaJsonWebKey rsa) || !isForSignatures(rsa)) continue;
                named |= rsa.getKeyId() != null;
                add(rsa.getKeyId(), rsa.getRsaPublicKey(), keys);
            }
            return named;
        } catch (JoseException unreadable) {
            throw new GeneralSecurityException("Not a JWK set: " + unreadable.getMessage());
        }
    }

    private static boolean isForSignatures(RsaJsonWebKey key) {
        return (key.getUse() == null || key.getUse().equals(Use.SIGNATURE))
                && (key.getAlgorithm() == null || key.getAlgorithm().equals(ALGORITHM));
    }

    private static boolean addPem(String text, Map<String, RSAPublicKey> keys) throws GeneralSecurityException {
        for (var block : PEM.matcher(text).results().toList()) {
            try {
                var bytes = Base64.getMimeDecoder().decode(block.group(1));
                add(
                        null,
                        (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes)),
                        keys);
            } catch (IllegalArgumentException broken) {
                throw new GeneralSecurityException("Not PEM: " + broken.getMessage());
            }
        }
        return false;
    }

    private static void add(String id, RSAPublicKey key, Map<String, RSAPublicKey> keys)
            throws GeneralSecurityException {
        if (key.getModulus().bitLength() < BITS_MIN) throw new GeneralSecurityException("A key is under 2048 bits");
        keys.put(id == null ? thumbprint(key) : id, key);
    }
}

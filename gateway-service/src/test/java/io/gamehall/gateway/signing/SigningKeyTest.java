package io.gamehall.gateway.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.platform.PublicKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    @TempDir
    Path folder;

    private KeyPair pair;
    private String pem;

    @BeforeEach
    void make() throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        pem = pem("PUBLIC", pair.getPublic().getEncoded());
        Files.writeString(
                folder.resolve("private.pem"), pem("PRIVATE", pair.getPrivate().getEncoded()));
    }

    @Test
    void a_key_without_an_id_of_its_own_is_known_by_its_pem() throws Exception {
        assertThat(key(Optional.empty()).isAmong(PublicKeys.parse(pem))).isTrue();
    }

    @Test
    void an_id_of_its_own_needs_a_source_that_names_it_before_a_second_key_comes() throws Exception {
        var key = key(Optional.of("mine"));

        assertThat(key.isAmong(PublicKeys.parse(pem))).isFalse();
        assertThat(key.isAmong(key.publicKeys())).isTrue();
        assertThat(key.isAmong(PublicKeys.parse(key.publicKeys().toJson()))).isTrue();
    }

    private SigningKey key(Optional<String> id) throws GeneralSecurityException, IOException {
        var location = folder.resolve("private.pem").toUri().toString();
        return new SigningKey(new SigningConfig() {
            @Override
            public String keyLocation() {
                return location;
            }

            @Override
            public Optional<String> keyId() {
                return id;
            }
        });
    }

    private static String pem(String what, byte[] key) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return "-----BEGIN " + what + " KEY-----\n" + body + "\n-----END " + what + " KEY-----\n";
    }
}

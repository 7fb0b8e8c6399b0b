package io.gamehall.hallctl.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    @TempDir
    private Path folder;

    @Test
    void secrets_are_made_once_and_readable_by_their_owner_only() throws Exception {
        var credentials = new Credentials(folder.resolve("keys"));
        credentials.prepare();
        var key = Files.readString(credentials.privateKey());
        var credential = credentials.serviceCredential();

        credentials.prepare();

        assertThat(Files.readString(credentials.privateKey())).isEqualTo(key);
        assertThat(credentials.serviceCredential()).isEqualTo(credential).hasSize(48);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials.privateKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void the_administrators_token_is_signed_by_the_key() throws Exception {
        var credentials = new Credentials(folder.resolve("keys"));
        credentials.prepare();

        credentials.writeAdminToken("shenzhen-telecom");

        var parts = Files.readString(credentials.adminToken()).strip().split("\\.");
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"groups\":[\"admin\"]", "\"iss\":\"gamehall\"");
        var pem = Files.readString(credentials.publicKey()).replaceAll("-----[A-Z ]+-----", "");
        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem))));
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }
}

package io.gamehall.hallctl.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secrets of a laptop's hall, made at its first start and kept: the key pair that signs session tokens, the
 * credential that services show each other, the secret of redirects, the database password and a token for administrators. Files that hold
 * secrets are readable by their owner only.
 */
public record Credentials(Path folder) {
    private static final int RSA_BITS = 2048;
    private static final int SECRET_BYTES = 24;
    private static final Duration ADMIN_TOKEN_LIFE = Duration.ofDays(30);

    /** PEM, PKCS#8. */
    public Path privateKey() {
        return folder.resolve("private.pem");
    }

    /** PEM, X.509 SubjectPublicKeyInfo. */
    public Path publicKey() {
        return folder.resolve("public.pem");
    }

    /** A session token of group {@code admin} for the operator, renewed at each start, good for 30 days. */
    public Path adminToken() {
        return folder.resolve("admin.token");
    }

    public String serviceCredential() {
        return read("service-credential");
    }

    /** What gateways of all cells sign the tickets of redirects with. */
    public String routingSecret() {
        return read("routing-secret");
    }

    public String databasePassword() {
        return read("db-password");
    }

    /** Makes what is missing. */
    public void prepare() throws IOException {
        Files.createDirectories(folder);
        restrict(folder, "rwx------");
        try {
            if (!Files.exists(privateKey()) || !Files.exists(publicKey())) {
                makeKeyPair();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no RSA", e);
        }
        makeSecret("service-credential");
        makeSecret("routing-secret");
        makeSecret("db-password");
    }

    /** Signs a new token for the administrator of a region. */
    public void writeAdminToken(String region) throws IOException {
        var token = new SessionSigner(privateKey()).sign(1, "admin", region, "admin", ADMIN_TOKEN_LIFE);
        writePrivate(adminToken(), token + "\n");
    }

    private void makeKeyPair() throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        var pair = generator.generateKeyPair();
        writePrivate(privateKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(publicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private void makeSecret(String file) throws IOException {
        if (!Files.exists(folder.resolve(file))) {
            var bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            writePrivate(folder.resolve(file), HexFormat.of().formatHex(bytes) + "\n");
        }
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file)).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Cannot read " + folder.resolve(file), e);
        }
    }

    private static String pem(String kind, byte[] der) {
        var body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    /** Whole or not at all, and never readable by others, not even for a moment. */
    public static void writePrivate(Path file, String text) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, text, StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void restrict(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}

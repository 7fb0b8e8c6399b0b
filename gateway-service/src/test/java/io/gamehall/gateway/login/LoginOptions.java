package io.gamehall.gateway.login;

import com.sun.net.httpserver.HttpServer;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.RsaKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Turns on what is off by default: guests, an OpenID Connect issuer, a second session key; with tight limits. */
public final class LoginOptions implements QuarkusTestResourceLifecycleManager {
    static final String AUDIENCE = "the-hall";
    static final int ACCOUNT_ADDRESS_FAILURES_MAX = 3;
    static final int ACCOUNT_FAILURES_MAX = 5;
    static final int ADDRESS_FAILURES_MAX = 6;
    static final int ADDRESS_ACCOUNTS_MAX = 30;
    static final int ADDRESS_REGISTRATIONS_MAX = 5;

    private HttpServer issuer;
    private Path keys;

    /** The keys behind what this sets up: the tests sign with them. */
    public interface Keys {
        /** The issuer's. */
        void issuer(RsaKey key);

        /** The hall's next one: published, and not signed with yet. */
        void next(RsaKey key);
    }

    private final RsaKey issuerKey = new RsaKey("issuer-key");
    private final RsaKey next = new RsaKey("next");

    @Override
    public int order() {
        // After HallServers, whose verification key this replaces.
        return 10;
    }

    @Override
    public Map<String, String> start() {
        try {
            issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var jwks = issuerKey.and().getBytes(StandardCharsets.UTF_8);
            issuer.createContext("/jwks", exchange -> {
                exchange.sendResponseHeaders(200, jwks.length);
                exchange.getResponseBody().write(jwks);
                exchange.close();
            });
            issuer.start();
            var present = HallServers.servers().config().get("mp.jwt.verify.publickey.location");
            keys = Files.createTempFile("session-keys", ".pem");
            Files.writeString(keys, Files.readString(Path.of(URI.create(present))) + next.pem());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        var url = "http://127.0.0.1:" + issuer.getAddress().getPort();
        return Map.ofEntries(
                Map.entry("mp.jwt.verify.publickey.location", keys.toUri().toString()),
                Map.entry("gamehall.login.guests", "true"),
                Map.entry("gamehall.login.session-max", "13h"),
                Map.entry("gamehall.login.oidc.issuer", url),
                Map.entry("gamehall.login.oidc.audience", AUDIENCE),
                Map.entry("gamehall.login.oidc.jwks-location", url + "/jwks"),
                Map.entry("gamehall.login.account-failures-max", Integer.toString(ACCOUNT_FAILURES_MAX)),
                Map.entry(
                        "gamehall.login.account-address-failures-max", Integer.toString(ACCOUNT_ADDRESS_FAILURES_MAX)),
                Map.entry("gamehall.login.address-registrations-max", Integer.toString(ADDRESS_REGISTRATIONS_MAX)),
                Map.entry("gamehall.login.refresh-min", "1m"),
                Map.entry("gamehall.login.address-failures-max", Integer.toString(ADDRESS_FAILURES_MAX)),
                Map.entry("gamehall.login.address-accounts-max", Integer.toString(ADDRESS_ACCOUNTS_MAX)),
                // So long that nothing comes back while the tests run.
                Map.entry("gamehall.login.attempts-window", "100h"));
    }

    @Override
    public void inject(Object test) {
        if (test instanceof Keys wanted) {
            wanted.issuer(issuerKey);
            wanted.next(next);
        }
    }

    @Override
    public void stop() {
        issuer.stop(0);
        try {
            Files.deleteIfExists(keys);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

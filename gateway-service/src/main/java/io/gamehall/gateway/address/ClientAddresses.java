package io.gamehall.gateway.address;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** Notes the {@link ClientAddress} of each request before anything else looks at it. On the request's event loop. */
@Singleton
public class ClientAddresses {
    private static final int PRIORITY = 2_000;
    private static final int PASS_BYTES = 16;
    private static final String PASSED_ON = "gamehall-client-address";

    private final Proxies proxies;
    private final byte[] pass;

    ClientAddresses(Proxies proxies) {
        this.proxies = proxies;
        var random = new byte[PASS_BYTES];
        new SecureRandom().nextBytes(random);
        pass = HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Says in the headers of a request that this process sends to itself for which client it does: the one that
     * {@link ClientAddress#current()} tells. Nobody else can say it, since the header holds a secret of the process.
     */
    public void passOn(MultiMap headers) {
        headers.set(PASSED_ON, new String(pass, StandardCharsets.US_ASCII) + ' ' + ClientAddress.current());
    }

    void register(@Observes Filters filters) {
        filters.register(this::note, PRIORITY);
    }

    private void note(RoutingContext call) {
        ContextLocals.put(ClientAddress.KEY, of(call.request()));
        call.next();
    }

    private ClientAddress of(HttpServerRequest request) {
        var passedOn = passedOn(request.getHeader(PASSED_ON));
        if (passedOn.isPresent()) return passedOn.get();
        var peer = peer(request);
        return proxies.isTrusted(peer) ? proxies.client(peer, request.headers().getAll(proxies.header())) : peer;
    }

    private Optional<ClientAddress> passedOn(String header) {
        if (header == null || header.length() <= pass.length) return Optional.empty();
        var given = header.substring(0, pass.length).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(given, pass)) return Optional.empty();
        return ClientAddress.parse(header.substring(pass.length + 1));
    }

    private static ClientAddress peer(HttpServerRequest request) {
        var remote = request.remoteAddress();
        var digits = remote == null ? null : remote.hostAddress();
        if (digits == null) return new ClientAddress(InetAddress.getLoopbackAddress());
        // A zone (fe80::1%eth0) says on which of our links the peer is.
        int zone = digits.indexOf('%');
        return ClientAddress.parse(zone < 0 ? digits : digits.substring(0, zone))
                .orElseThrow(() -> new IllegalStateException("Not an address: " + digits));
    }
}

package io.gamehall.gateway.address;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Notes the {@link ClientAddress} of each request before anything else looks at it. On the request's event loop. */
@Singleton
public class ClientAddresses {
    private static final int PRIORITY = 2_000;

    private final Proxies proxies;

    ClientAddresses(Proxies proxies) {
        this.proxies = proxies;
    }

    /** Whether a peer is one of the proxies through which clients come, and so no client itself. */
    public boolean isProxy(ClientAddress peer) {
        return proxies.isTrusted(peer);
    }

    /** Whether a request came through such a proxy. */
    public boolean isThroughProxy(HttpServerRequest request) {
        return isProxy(peer(request));
    }

    /** The other end of a connection, on whichever of our links it is. */
    public static ClientAddress peer(InetSocketAddress remote) {
        return peer(remote.getAddress().getHostAddress());
    }

    void register(@Observes Filters filters) {
        filters.register(this::note, PRIORITY);
    }

    private void note(RoutingContext call) {
        ContextLocals.put(ClientAddress.KEY, of(call.request()));
        call.next();
    }

    private ClientAddress of(HttpServerRequest request) {
        var peer = peer(request);
        return proxies.isTrusted(peer) ? proxies.client(peer, request.headers().getAll(proxies.header())) : peer;
    }

    private static ClientAddress peer(HttpServerRequest request) {
        var remote = request.remoteAddress();
        var digits = remote == null ? null : remote.hostAddress();
        if (digits == null) return new ClientAddress(InetAddress.getLoopbackAddress());
        return peer(digits);
    }

    private static ClientAddress peer(String digits) {
        // A zone (fe80::1%eth0) says on which of our links the peer is.
        int zone = digits.indexOf('%');
        return ClientAddress.parse(zone < 0 ? digits : digits.substring(0, zone))
                .orElseThrow(() -> new IllegalStateException("Not an address: " + digits));
    }
}

package io.gamehall.gateway.address;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Who the client is behind proxies. Pure, and safe for any thread. */
@Singleton
class Proxies {
    private final CidrTable<Boolean> trusted;
    private final ProxyHeader header;

    Proxies(ClientAddressConfig config) {
        trusted = CidrTable.of(config.trustedProxies().orElse(List.of()), true);
        header = config.proxyHeader();
    }

    /** Name of the header that proxies write. */
    String header() {
        return switch (header) {
            case X_FORWARDED_FOR -> "x-forwarded-for";
            case FORWARDED -> "forwarded";
        };
    }

    boolean isTrusted(ClientAddress peer) {
        return trusted.find(peer.value()).isPresent();
    }

    /**
     * The last of the chain that is no trusted proxy: each proxy vouches for the one that it was called by, so what
     * stands before the first stranger may be that stranger's invention. A hop that gives no address ends the search.
     *
     * @param peer of the connection
     * @param lines the header's values, in the order of the request
     */
    ClientAddress client(ClientAddress peer, List<String> lines) {
        var nearest = peer;
        for (var line : lines.reversed()) {
            for (int end = line.length(); end >= 0; ) {
                if (!isTrusted(nearest)) return nearest;
                int comma = line.lastIndexOf(',', end - 1);
                var hop = hop(line.substring(comma + 1, end).strip());
                if (hop.isEmpty()) return nearest;
                nearest = hop.get();
                end = comma;
            }
        }
        return nearest;
    }

    private Optional<ClientAddress> hop(String element) {
        return switch (header) {
            case X_FORWARDED_FOR -> address(element);
            case FORWARDED -> forwardedFor(element).flatMap(Proxies::address);
        };
    }

    /** The node after {@code for=}, without quotes. */
    private static Optional<String> forwardedFor(String element) {
        for (var pair : element.split(";")) {
            var stripped = pair.strip();
            if (stripped.regionMatches(true, 0, "for=", 0, 4)) {
                return Optional.of(stripped.substring(4).replace("\"", ""));
            }
        }
        return Optional.empty();
    }

    /** {@code 1.2.3.4}, {@code 1.2.3.4:5}, {@code 2001:db8::1}, {@code [2001:db8::1]} or {@code [2001:db8::1]:5}. */
    private static Optional<ClientAddress> address(String node) {
        if (node.startsWith("[")) {
            int close = node.indexOf(']');
            return close < 0 ? Optional.empty() : ClientAddress.parse(node.substring(1, close));
        }
        int colon = node.indexOf(':');
        boolean port = colon >= 0 && colon == node.lastIndexOf(':');
        return ClientAddress.parse(port ? node.substring(0, colon) : node);
    }
}

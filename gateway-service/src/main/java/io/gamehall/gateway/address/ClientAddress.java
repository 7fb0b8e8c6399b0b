package io.gamehall.gateway.address;

import io.smallrye.common.vertx.ContextLocals;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The address that a client calls from, for REST and gRPC calls alike: that of the connection's peer or, behind the
 * proxies that {@link ClientAddressConfig} trusts, the one that they tell. Never looked up by name.
 *
 * @param value IPv4 or IPv6; an IPv4 address written as an IPv6 one is an IPv4 address
 */
public record ClientAddress(InetAddress value) {
    static final String KEY = "gamehall-client-address";
    private static final int NETWORK_BYTES = 8;

    /**
     * The address of the call that this thread is in. To be asked on the event loop that the call came on, before the
     * first asynchronous step.
     *
     * @throws IllegalStateException outside a call that came over HTTP
     */
    public static ClientAddress current() {
        return ContextLocals.<ClientAddress>get(KEY)
                .orElseThrow(() -> new IllegalStateException("Not in a call that came over HTTP"));
    }

    /** An address in digits; empty if it is none, e.g. a name, or has a zone. Asks no name service. */
    static Optional<ClientAddress> parse(String digits) {
        // InetAddress also takes 127.1 and the like, and zones of interfaces here.
        if (digits.indexOf(':') < 0 && digits.chars().filter(c -> c == '.').count() != 3) return Optional.empty();
        if (digits.indexOf('%') >= 0) return Optional.empty();
        try {
            return Optional.of(new ClientAddress(InetAddress.ofLiteral(digits)));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    /**
     * Those who are to share a limit: an IPv4 address, or the /64 network of an IPv6 one, since that is the least that
     * one subscriber is given, to choose 2^64 addresses from.
     */
    public InetAddress network() {
        if (!(value instanceof Inet6Address)) return value;
        var bytes = value.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** In digits. */
    @Override
    public String toString() {
        return value.getHostAddress();
    }
}

package io.gamehall.gateway.connections;

import io.gamehall.gateway.address.ClientAddresses;
import io.gamehall.gateway.limits.CallLimits;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that each address holds, so that no one client can take all that this process may have. Bounded by
 * the number of connections. For any thread.
 */
@Singleton
class AddressConnections {
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();
    private final ClientAddresses addresses;
    private final CallLimits limits;
    private final int max;

    AddressConnections(ClientAddresses addresses, CallLimits limits, ConnectionsConfig config) {
        this.addresses = addresses;
        this.limits = limits;
        this.max = config.addressMax();
    }

    /**
     * Counts a connection until it closes.
     *
     * @return false if it is one too many, and then it is not counted
     */
    boolean admit(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) return true;
        var peer = ClientAddresses.peer(remote);
        if (addresses.isProxy(peer) || limits.isExempt(peer)) return true;
        var network = peer.network();
        if (open.merge(network, 1, Integer::sum) > max) {
            release(network);
            return false;
        }
        channel.closeFuture().addListener(closed -> release(network));
        return true;
    }

    private void release(InetAddress network) {
        open.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
    }
}

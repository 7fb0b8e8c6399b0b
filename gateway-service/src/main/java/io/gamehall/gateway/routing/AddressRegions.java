package io.gamehall.gateway.routing;

import java.net.InetAddress;
import java.util.Optional;

/** The regions that client addresses belong to. */
public interface AddressRegions {
    /** Any thread; at once, from memory. */
    Optional<String> of(InetAddress address);
}

package io.gamehall.gateway.routing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the way to the right hall. See also {@code ClientAddressConfig}. */
@ConfigMapping(prefix = "gamehall.routing")
public interface RoutingConfig {
    /** {@code host:port} of this gateway, by which players and other halls reach it: {@code gamehall.login}'s. */
    String hallAddress();

    /** The halls of the cells, each {@code region=host:port}; this cell's own may be among them. Port 443 is HTTPS. */
    Optional<List<String>> cells();

    /** Regions that take newcomers when this one is full, the first choice first; of {@code cells}. */
    Optional<List<String>> neighbours();

    /** Live event streams at most; beyond it new sessions are sent elsewhere. Who has a session keeps it. */
    @WithDefault("20000")
    int capacity();

    /**
     * What tickets of redirects are signed with, 16 characters or more: the same in all cells that send players to each
     * other. By default it is made from the service credential, so that only the gateways of one cell understand each
     * other.
     */
    Optional<String> secret();

    /** {@code gamehall.service-credential}. */
    String serviceCredential();

    /** How long a ticket is good. */
    @WithDefault("60s")
    Duration ticketLifetime();

    /** What players are told to wait when every hall is full; up to twice as long, so that they do not come together. */
    @WithDefault("5s")
    Duration fullRetry();

    /** How often a hall publishes its load, and learns that of the others. */
    @WithDefault("2s")
    Duration publish();

    /** How long a hall is there without a sign of life, and how long what was learnt is used; over twice {@code publish}. */
    @WithDefault("6s")
    Duration alive();

    /**
     * Table of the regions of client addresses: a file of lines {@code CIDR region}, the smallest block decides;
     * {@code #} begins a comment. Read again when it changes; a broken one is refused as a whole.
     */
    Optional<Path> table();

    /** How often it is looked whether the table or the database of addresses has changed. */
    @WithDefault("5s")
    Duration check();
}

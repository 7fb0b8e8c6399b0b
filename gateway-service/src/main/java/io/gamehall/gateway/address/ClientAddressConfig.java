package io.gamehall.gateway.address;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Settings that say which address a client has. */
@ConfigMapping(prefix = "gamehall.routing")
public interface ClientAddressConfig {
    /**
     * The proxies before the gateway (load balancers, ingresses), as addresses or blocks such as {@code 10.0.0.0/8}.
     * What anybody else says of its address is not looked at.
     */
    Optional<List<String>> trustedProxies();

    /**
     * The header that those proxies write. Only this one: another would go through them as the client sent it, and a
     * client could give itself any address.
     */
    @WithDefault("x-forwarded-for")
    ProxyHeader proxyHeader();
}

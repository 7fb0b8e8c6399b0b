package io.gamehall.gateway.routing;

import java.net.URI;

/**
 * A player is to repeat the call at another hall.
 *
 * @param hallAddress {@code host:port}
 * @param ticket to be given there, made of characters that need no escaping in a URL
 */
public record Redirected(String region, String hallAddress, String ticket) {
    /** Where to repeat a REST call, ticket and all. Port 443 is HTTPS. @param path with its slash */
    public URI location(String path) {
        boolean tls = hallAddress.endsWith(":443");
        return URI.create((tls ? "https://" : "http://") + hallAddress + path + "?ticket=" + ticket);
    }
}

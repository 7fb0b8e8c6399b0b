package io.gamehall.gateway.routing;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

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

    /**
     * Where to repeat a REST call whose URL tells what is wished for.
     *
     * @param asked the region asked for, or empty: without it the other hall would think that none was
     */
    public URI location(String path, String asked) {
        var plain = location(path);
        return asked.isEmpty()
                ? plain
                : URI.create(plain + "&region=" + URLEncoder.encode(asked, StandardCharsets.UTF_8));
    }
}

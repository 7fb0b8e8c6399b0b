package io.gamehall.gateway.address;

/** What proxies tell of their clients. */
public enum ProxyHeader {
    /** {@code X-Forwarded-For: client, proxy, proxy}. */
    X_FORWARDED_FOR,
    /** {@code Forwarded: for=client, for=proxy} (RFC 7239). */
    FORWARDED
}

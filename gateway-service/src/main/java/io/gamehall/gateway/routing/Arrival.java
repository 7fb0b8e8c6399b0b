package io.gamehall.gateway.routing;

import io.gamehall.gateway.address.ClientAddress;

/**
 * Somebody who wants a session.
 *
 * @param region asked for; empty: none
 * @param ticket of the redirect that led here; empty: none did
 * @param address of the client
 */
public record Arrival(String region, String ticket, ClientAddress address) {}

package io.gamehall.gateway.routing.domain;

/**
 * A gateway, or several behind one address, that players can be sent to.
 *
 * @param address {@code host:port}
 */
public record Hall(String region, String address) {}

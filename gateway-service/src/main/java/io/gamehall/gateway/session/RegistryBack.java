package io.gamehall.gateway.session;

/**
 * The registry answers again after it was out of reach, and may have lost its memory. Fired as a CDI event on a thread
 * of Redis's client, so observers must not block.
 */
public record RegistryBack() {}

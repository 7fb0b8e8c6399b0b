package io.gamehall.gateway.outbound;

/** This process is going to stop: streams are to end now. A CDI event; observers must not block. */
public record Draining() {}

package io.gamehall.gateway.session;

/**
 * An account has logged in: its sessions of lower generations have ended. Fired as a CDI event on a thread of Redis's
 * client, so observers must not block.
 */
public record NewerSession(long player, long generation) {}

package io.gamehall.gateway.session;

/**
 * The sessions of an account of lower generations have ended. Fired as a CDI event on a thread of Redis's client, so
 * observers must not block.
 *
 * @param loggedOut whether the player has logged out, else logged in anew
 */
public record NewerSession(long player, long generation, boolean loggedOut) {}

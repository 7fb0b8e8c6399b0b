package io.gamehall.gateway.play;

import io.gamehall.room.domain.PlayerId;

/** A player is connected, with a session of that generation. */
public record Presence(PlayerId player, long generation) {}

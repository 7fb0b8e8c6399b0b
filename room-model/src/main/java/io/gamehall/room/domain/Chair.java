package io.gamehall.room.domain;

/** A taken seat of a table. */
public record Chair(PlayerId player, boolean ready) {}

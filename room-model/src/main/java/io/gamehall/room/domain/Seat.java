package io.gamehall.room.domain;

/** A seat of a room: number of the table and of the seat there, both from 0. */
public record Seat(int table, int number) {}

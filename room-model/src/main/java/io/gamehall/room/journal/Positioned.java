package io.gamehall.room.journal;

/** A record of the journal, and where it stands in its partition. */
public record Positioned(long offset, JournalRecord record) {}

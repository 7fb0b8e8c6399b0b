package io.gamehall.room.journal;

import io.gamehall.room.domain.RoomEvent;

/**
 * One record of a partition's journal.
 *
 * @param term of the writer
 * @param key of the thing that changed, see {@link JournalCodec}
 * @param content what it says
 */
public record JournalRecord(long term, String key, Content content) {
    /** What a record says. */
    public sealed interface Content {
        record Claimed(OwnerClaim claim) implements Content {}

        record Happened(RoomEvent event) implements Content {}

        /** Not to be understood: damaged, or of a newer version. Never believed. */
        record Unreadable(String why) implements Content {}
    }
}

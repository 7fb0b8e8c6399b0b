package io.gamehall.room.journal;

import io.gamehall.room.domain.RoomEvent;
import java.util.Optional;

/**
 * One record of a partition's journal.
 *
 * @param term of the writer
 * @param key of the thing that changed, see {@link JournalCodec}
 * @param content what it says
 * @param answer to whom what was answered with it
 */
public record JournalRecord(long term, String key, Content content, Optional<Answer> answer) {
    public JournalRecord(long term, String key, Content content) {
        this(term, key, content, Optional.empty());
    }

    /** What a record says. */
    public sealed interface Content {
        record Claimed(OwnerClaim claim) implements Content {}

        record Happened(RoomEvent event) implements Content {}

        /** Not to be understood: damaged, or of a newer version. Never believed. */
        record Unreadable(String why) implements Content {}
    }
}

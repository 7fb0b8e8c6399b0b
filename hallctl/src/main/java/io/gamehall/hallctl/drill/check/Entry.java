package io.gamehall.hallctl.drill.check;

import io.gamehall.room.journal.JournalRecord;

/**
 * A record of the journal as it stands in the log.
 *
 * @param atMs Kafka's timestamp: when its writer sent it, milliseconds since 1970
 */
public record Entry(int partition, long offset, long atMs, JournalRecord record) {}

package io.gamehall.room.owner;

/** The log that needs no server keeps the journal's promises. */
class InMemoryJournalTest extends JournalContract {
    @Override
    protected Log open(EventLoops loops) {
        return new InMemoryLog(loops, PARTITIONS);
    }
}

package io.gamehall.gateway.events;

/** The way to one client. Any thread, never blocks. */
public interface Outlet {
    /** Something may wait for the client: {@link PlayerStreams#next}. */
    void wake();

    /** Whether the client is still there, and nobody has ended the stream. */
    boolean isOpen();

    /** Ends the stream with its last event. @return whether this ended it */
    boolean end(PlayerEvent.StreamEnded last);
}

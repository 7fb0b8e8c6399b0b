package io.gamehall.gateway.events;

/** The way to one client. Any thread, never blocks; events arrive in the order in which they were offered. */
public interface Outlet {
    /** @return false if too many events wait already: then this one is lost */
    boolean offer(PlayerEvent event);

    /** Whether the client is still there, and nobody has ended the stream. */
    boolean isOpen();

    /** Ends the stream with its last event. @return whether this ended it */
    boolean end(PlayerEvent.StreamEnded last);
}

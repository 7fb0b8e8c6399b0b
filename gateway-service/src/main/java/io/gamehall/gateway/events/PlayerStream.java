package io.gamehall.gateway.events;

import io.gamehall.platform.Ticket;
import io.gamehall.room.domain.PlayerId;
import java.util.Optional;

/** A live stream of a session. */
public final class PlayerStream {
    private final Ticket ticket;
    private final PlayerId player;
    private final Resume from;
    private final Outlet outlet;
    private volatile EventLog log;

    /**
     * @param ticket of a session that was live a moment ago
     * @param from where the client wants to go on
     */
    public PlayerStream(Ticket ticket, Resume from, Outlet outlet) {
        this.ticket = ticket;
        this.player = new PlayerId(ticket.player());
        this.from = from;
        this.outlet = outlet;
    }

    Ticket ticket() {
        return ticket;
    }

    PlayerId player() {
        return player;
    }

    Resume from() {
        return from;
    }

    boolean isOpen() {
        return outlet.isOpen();
    }

    void wake() {
        outlet.wake();
    }

    boolean end(PlayerEvent.StreamEnded last) {
        return outlet.end(last);
    }

    /** What it reads from, once it does. */
    Optional<EventLog> log() {
        return Optional.ofNullable(log);
    }

    void read(EventLog from) {
        log = from;
        wake();
    }
}

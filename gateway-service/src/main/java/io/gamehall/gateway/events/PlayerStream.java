package io.gamehall.gateway.events;

import io.gamehall.gateway.events.PlayerEvent.EndReason;
import io.gamehall.gateway.events.PlayerEvent.StreamEnded;
import io.gamehall.platform.Ticket;
import io.gamehall.room.domain.PlayerId;

/** A live stream of a session. */
public final class PlayerStream {
    private final Ticket ticket;
    private final PlayerId player;
    private final Outlet outlet;

    /** @param ticket of a session that was live a moment ago */
    public PlayerStream(Ticket ticket, Outlet outlet) {
        this.ticket = ticket;
        this.player = new PlayerId(ticket.player());
        this.outlet = outlet;
    }

    Ticket ticket() {
        return ticket;
    }

    PlayerId player() {
        return player;
    }

    boolean isOpen() {
        return outlet.isOpen();
    }

    boolean offer(PlayerEvent event) {
        return outlet.offer(event);
    }

    boolean end(EndReason reason) {
        return outlet.end(new StreamEnded(reason));
    }
}

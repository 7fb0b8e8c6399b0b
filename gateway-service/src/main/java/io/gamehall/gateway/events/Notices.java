package io.gamehall.gateway.events;

import io.gamehall.gateway.events.PlayerEvent.Noticed;
import io.gamehall.room.domain.PlayerId;
import jakarta.inject.Singleton;

/** Tells players what concerns them alone. Any thread. */
@Singleton
public class Notices {
    private final RecentNotices recent;
    private final PlayerStreams streams;

    Notices(RecentNotices recent, PlayerStreams streams) {
        this.recent = recent;
        this.streams = streams;
    }

    /** Tells a player who is here, and keeps it for a short while for one who is not. */
    public void tell(PlayerId player, Noticed notice) {
        // In this order: a stream that opens meanwhile may get it twice, but not miss it.
        recent.add(player, notice);
        streams.tell(player, notice);
    }
}

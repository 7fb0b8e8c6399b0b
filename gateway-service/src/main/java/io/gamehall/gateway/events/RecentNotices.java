package io.gamehall.gateway.events;

import io.gamehall.gateway.events.PlayerEvent.Noticed;
import io.gamehall.room.domain.PlayerId;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The notices of the last seconds to every player of the hall, be the player here or not: for who comes from another
 * gateway. Any thread.
 */
@Singleton
class RecentNotices {
    /** Less than a player's {@link EventLog} takes. */
    private static final int OF_ONE_MAX = 32;

    private static final long OF_ONE_BYTES_MAX = 32_768;

    private final Recent<PlayerId> recent;

    RecentNotices(EventsConfig config) {
        recent = new Recent<>(new Recent.Bounds(
                config.away(),
                OF_ONE_MAX,
                OF_ONE_BYTES_MAX,
                config.noticesBytesMax().asLongValue()));
    }

    void add(PlayerId player, Noticed notice) {
        recent.add(player, notice, System.nanoTime());
    }

    /** The oldest first. */
    List<PlayerEvent> of(PlayerId player) {
        return recent.of(player, System.nanoTime());
    }
}

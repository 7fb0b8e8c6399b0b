package io.gamehall.gateway.events;

import io.gamehall.gateway.routing.LiveStreams;
import jakarta.inject.Singleton;

/** Tells the routing how many players this gateway carries. */
@Singleton
class StreamCount implements LiveStreams {
    private final PlayerStreams streams;

    StreamCount(PlayerStreams streams) {
        this.streams = streams;
    }

    @Override
    public int count() {
        return streams.count();
    }
}

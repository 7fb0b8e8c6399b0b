package io.gamehall.gateway.routing;

/** The event streams of this process. */
public interface LiveStreams {
    /** How many are open now. Any thread; at once. */
    int count();
}

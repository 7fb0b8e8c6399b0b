package io.gamehall.gateway.events;

/**
 * Where a client that comes back wants to go on.
 *
 * @param streamId as it was welcomed with; empty: it has never been
 * @param after the number of the last event that it has
 */
public record Resume(String streamId, long after) {
    boolean isAsked() {
        return !streamId.isEmpty();
    }
}

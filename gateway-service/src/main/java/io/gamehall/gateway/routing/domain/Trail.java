package io.gamehall.gateway.routing.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way of a player who is being sent on, as a ticket tells it.
 *
 * @param region that was found to be the player's; empty while that is still open
 * @param stops the halls that have sent the player on, the first one first; one to {@link RoutingRules#HOPS_MAX}
 */
public record Trail(Optional<String> region, List<Hall> stops) {
    public Trail {
        stops = List.copyOf(stops);
        if (stops.isEmpty() || stops.size() > RoutingRules.HOPS_MAX) {
            throw new IllegalArgumentException(stops.size() + " stops");
        }
    }

    /** One stop more, after those of a trail if there is one. */
    static Trail onward(Optional<Trail> before, Optional<String> region, Hall from) {
        var stops = new ArrayList<>(before.map(Trail::stops).orElse(List.of()));
        stops.add(from);
        return new Trail(region, stops);
    }

    boolean wasAt(String address) {
        return stops.stream().anyMatch(stop -> stop.address().equals(address));
    }

    boolean wasIn(String otherRegion) {
        return stops.stream().anyMatch(stop -> stop.region().equals(otherRegion));
    }
}

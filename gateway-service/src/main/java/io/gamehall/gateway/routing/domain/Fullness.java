package io.gamehall.gateway.routing.domain;

import java.util.Optional;

/**
 * Whether a hall takes no more sessions, as one of the gateways behind its address sees it: the load balancer before
 * them does not ask which of them is full, so it is the hall's load that counts, and a gateway's own only as long as it
 * knows of no other.
 *
 * @param own what this gateway carries
 * @param draining whether it is about to stop: then it is its others that the player will come to
 * @param others what the other gateways behind the address carry together; empty: there are none, or nothing is known
 */
public record Fullness(HallLoad own, boolean draining, Optional<HallLoad> others) {
    public boolean isFull() {
        if (draining) return others.map(HallLoad::isFull).orElse(true);
        return own.isFull() && others.map(own::plus).map(HallLoad::isFull).orElse(true);
    }
}

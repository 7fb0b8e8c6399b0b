package io.gamehall.gateway.routing.domain;

import java.util.List;
import java.util.Map;

/**
 * What a hall knows of itself and of other halls.
 *
 * @param here this hall
 * @param full whether it takes no more players
 * @param siblings the halls of this region, in any order; this one may be among them
 * @param regions address of each region's hall; this region's is not looked at
 * @param neighbours regions that take players from here when this one is full, the first choice first
 */
public record Surroundings(
        Hall here, boolean full, List<HallLoad> siblings, Map<String, String> regions, List<String> neighbours) {
    public Surroundings {
        siblings = List.copyOf(siblings);
        regions = Map.copyOf(regions);
        neighbours = List.copyOf(neighbours);
    }

    boolean knows(String region) {
        return region.equals(here.region()) || regions.containsKey(region);
    }
}

package io.gamehall.activity.catalog.domain;

import java.util.Optional;

/**
 * How fast joins may come.
 *
 * @param player how fast one player may ask
 * @param activity how fast joins are given to all; empty: as fast as they can
 */
public record Rates(PlayerRate player, Optional<ActivityRate> activity) {
    /** For activities that set none. */
    public static final Rates USUAL = new Rates(PlayerRate.USUAL, Optional.empty());
}

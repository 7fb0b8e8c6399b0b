package io.gamehall.platform;

import io.smallrye.config.ConfigMapping;

/** Which cell this process belongs to. No defaults: a wrong value can't be undone. */
@ConfigMapping(prefix = "gamehall.cell")
public interface Cell {
    /** The cell's region, 1-40 characters of {@code [a-z0-9-]}: prefix of its topics, keys and database. */
    String name();

    /** The cell's number, 1-4095, unique among all cells for ever: the high bits of the ids it gives to players. */
    int number();
}

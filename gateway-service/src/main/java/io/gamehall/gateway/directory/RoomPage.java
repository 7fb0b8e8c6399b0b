package io.gamehall.gateway.directory;

import java.util.List;

/**
 * Some rooms, in the order asked for.
 *
 * @param version of the directory, or an older one than {@code rooms}
 * @param next the token of the next page; empty: this is the last
 */
public record RoomPage(long version, List<RoomSummary> rooms, String next) {
    public static final int SIZE_MAX = 500;
    public static final int SIZE_DEFAULT = 100;
}

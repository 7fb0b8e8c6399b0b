package io.gamehall.gateway.directory;

import java.util.List;

/**
 * Some rooms, in the order of their ids.
 *
 * @param version of the directory, or an older one than {@code rooms}
 * @param hasMore whether rooms follow after these
 */
public record RoomPage(long version, List<RoomSummary> rooms, boolean hasMore) {
    public static final int SIZE_MAX = 500;
    public static final int SIZE_DEFAULT = 100;
}

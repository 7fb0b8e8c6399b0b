package io.gamehall.reward.achievement.domain;

import io.gamehall.reward.pipeline.domain.Bounds;

/**
 * A character on one server of a game.
 *
 * @param platform 1-32 characters of visible ASCII, without a slash
 * @param zone 0 to 2^32 - 1
 * @param server 0 to 2^32 - 1
 * @param id of the character: 1-64 characters of visible ASCII
 */
public record Role(String platform, long zone, long server, String id) {
    private static final int PARTS = 4;
    private static final long NUMBER_MAX = (1L << 32) - 1;

    public Role {
        Bounds.visibleAscii("platform", platform, 32);
        if (platform.indexOf('/') >= 0) throw new IllegalArgumentException("platform has a slash");
        Bounds.between("zone", zone, 0, NUMBER_MAX);
        Bounds.between("server", server, 0, NUMBER_MAX);
        Bounds.visibleAscii("role_id", id, 64);
    }

    /**
     * {@code platform/zone/server/id}, at most 120 characters. Only the last part may have slashes, so that no two roles
     * have the same key and nothing needs escaping.
     */
    public String key() {
        return platform + '/' + zone + '/' + server + '/' + id;
    }

    /**
     * The role of a key.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Role parse(String key) {
        var parts = key.split("/", PARTS);
        if (parts.length < PARTS) throw new IllegalArgumentException("'%s' is no role".formatted(key));
        return new Role(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]);
    }
}

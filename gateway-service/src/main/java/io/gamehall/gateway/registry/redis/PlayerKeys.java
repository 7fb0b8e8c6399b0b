package io.gamehall.gateway.registry.redis;

import io.gamehall.gateway.registry.PlayerGroups;

/** Names of keys: {@code <cell>:{<group>}:<what>:<player>}. Those of one group share a slot of a cluster. */
public record PlayerKeys(String cell, String what) {
    public String of(long player) {
        return cell + ":{" + PlayerGroups.of(player) + "}:" + what + ':' + digits(player);
    }

    /** Ids are unsigned. */
    public static String digits(long player) {
        return Long.toUnsignedString(player);
    }
}

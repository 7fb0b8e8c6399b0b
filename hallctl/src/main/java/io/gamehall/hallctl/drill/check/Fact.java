package io.gamehall.hallctl.drill.check;

import java.util.Arrays;

/**
 * A record of game-results.
 *
 * @param value all of it, as it stands there
 */
public record Fact(String id, long player, int score, boolean disputed, byte[] value) {
    boolean isSameAs(Fact other) {
        return Arrays.equals(value, other.value);
    }
}

package io.gamehall.hallctl.load;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts sessions into Redis as a gateway's registry does at a login, many at a time: hashes
 * {@code <cell>:{<group>}:session:<player>} with generation, last use and expiry. The players of a load have not logged
 * in: their tokens are signed with the hall's own key.
 *
 * @param port Redis's
 */
public record LiveSessions(int port, String cell) {
    /** As the gateway groups players. */
    private static final int GROUPS = 64;
    /** As long as a registry remembers a session. */
    private static final int SECONDS = 13 * 3_600;

    /** @param generation of their tokens */
    public void begin(List<Long> players, long generation) throws IOException {
        long now = System.currentTimeMillis();
        RedisPipe.send(
                port,
                players.stream()
                        .flatMap(player -> {
                            var key = key(player);
                            return Stream.of(
                                    "HSET " + key + " gen " + generation + " seen " + now,
                                    "EXPIRE " + key + " " + SECONDS);
                        })
                        .iterator());
    }

    private String key(long player) {
        return cell + ":{" + Long.remainderUnsigned(player, GROUPS) + "}:session:" + Long.toUnsignedString(player);
    }
}

package io.gamehall.reward.leaderboard.redis;

/**
 * Players and scores as a sorted set holds them. Its order is ascending, by score and then by the bytes of the member:
 * so scores are negative and ids have leading zeros, and the best is first, of equals the one of the lower id.
 */
final class Members {
    private static final int DIGITS = 16;
    /** Redis's scores are doubles: exact up to here. A score beyond is shown as this one. */
    private static final long EXACT_MAX = 1L << 53;

    private Members() {}

    static String of(long player) {
        var digits = Long.toUnsignedString(player);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    static long player(String member) {
        return Long.parseUnsignedLong(member);
    }

    static String order(long score) {
        return Long.toString(-Math.clamp(score, -EXACT_MAX, EXACT_MAX));
    }

    static long score(String order) {
        return -(long) Double.parseDouble(order);
    }
}

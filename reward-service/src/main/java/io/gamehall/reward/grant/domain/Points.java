package io.gamehall.reward.grant.domain;

/**
 * The points a player holds.
 *
 * @param points the sum of the grants
 * @param version the number of grants in it
 */
public record Points(long points, long version) {
    /** Before the first grant. */
    public static final Points NONE = new Points(0, 0);

    /** @throws ArithmeticException if the sum leaves 64 bits */
    Points plus(Reward reward) {
        return new Points(Math.addExact(points, reward.amount()), version + 1);
    }
}

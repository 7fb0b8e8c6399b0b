package io.gamehall.reward.grant.domain;

/**
 * How much a player holds of something.
 *
 * @param amount the sum of the ledger
 * @param version the number of grants in it that were given at once
 */
public record Balance(long amount, long version) {
    /** Before the first grant. */
    public static final Balance NONE = new Balance(0, 0);

    /** @throws ArithmeticException if the sum leaves 64 bits */
    Balance plus(Reward reward) {
        return new Balance(Math.addExact(amount, reward.amount()), version + 1);
    }
}

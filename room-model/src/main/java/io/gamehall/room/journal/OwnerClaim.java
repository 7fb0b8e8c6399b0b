package io.gamehall.room.journal;

/**
 * A process claims a partition.
 *
 * @param instance name of the process, unique in the cell
 * @param endpoint {@code host:port} at which it takes commands
 * @param nonce tells two claims of one instance apart
 * @param claimedAtMs milliseconds since 1970, for people who read the journal
 * @param restated whether it was written again by the owner that it had made: such a claim has won its term
 * @param handOverTo name of the process that is asked to claim the partition next; empty: the owner stays
 */
public record OwnerClaim(
        String instance, String endpoint, String nonce, long claimedAtMs, boolean restated, String handOverTo) {
    public OwnerClaim(String instance, String endpoint, String nonce, long claimedAtMs) {
        this(instance, endpoint, nonce, claimedAtMs, false, "");
    }

    /** The claim once more, by its owner: with the wish that another process takes over, or without (empty). */
    public OwnerClaim restated(String successor) {
        return new OwnerClaim(instance, endpoint, nonce, claimedAtMs, true, successor);
    }

    /** Whether both are one claim, whatever is said beside it. */
    public boolean isSameAs(OwnerClaim other) {
        return restated("").equals(other.restated(""));
    }
}

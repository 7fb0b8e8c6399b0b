package io.gamehall.room.journal;

/**
 * A process claims a partition.
 *
 * @param instance name of the process, unique in the cell
 * @param endpoint {@code host:port} at which it takes commands
 * @param nonce tells two claims of one instance apart
 * @param claimedAtMs milliseconds since 1970, for people who read the journal
 */
public record OwnerClaim(String instance, String endpoint, String nonce, long claimedAtMs) {}

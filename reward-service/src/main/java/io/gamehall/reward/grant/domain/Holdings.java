package io.gamehall.reward.grant.domain;

/**
 * What a player holds.
 *
 * @param points below 0 when more was revoked than was left
 * @param others a page of the items and titles
 */
public record Holdings(long points, Page<Holding, Page.Place> others) {
    /** Something held; the amount is never 0. */
    public record Holding(String kind, String name, long amount) {
        /** Its place among the player's holdings. */
        public Page.Place place() {
            return new Page.Place(kind, name);
        }
    }
}

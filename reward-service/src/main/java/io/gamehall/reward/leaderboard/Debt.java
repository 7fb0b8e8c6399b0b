package io.gamehall.reward.leaderboard;

import io.smallrye.mutiny.Uni;

/** What the boards have not been told, kept where no crash forgets it: while there is a debt, they have to be rebuilt. */
public interface Debt {
    /**
     * The boards have missed something that stands in the database, or somebody wants them rebuilt.
     *
     * @return nothing, when this is safe; or fails with a {@link io.gamehall.reward.store.StoreFault}
     */
    Uni<Void> owe();

    /** A number that grows with each {@link #owe}; 0: all of them are settled. */
    Uni<Long> owed();

    /** The boards were rebuilt from what stood in the database after {@link #owed} gave this. */
    Uni<Void> settle(long owed);
}

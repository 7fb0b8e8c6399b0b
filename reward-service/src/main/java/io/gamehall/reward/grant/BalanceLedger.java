package io.gamehall.reward.grant;

import io.gamehall.reward.grant.domain.BalanceCheck;
import io.smallrye.mutiny.Uni;
import java.util.OptionalLong;

/** Balances beside the ledger that explains them, in pages of players. Each call fails while the database is away. */
public interface BalanceLedger {
    /**
     * Asks to check the next page; of all instances of the cell one at a time may.
     *
     * @param nowMs milliseconds since 1970
     * @param pauseMs for so long from now on nobody else may
     * @return the player after whom the page begins; empty: not now
     */
    Uni<OptionalLong> begin(long nowMs, long pauseMs);

    /** Reads the balances of so many players, and all of the ledger between them, as of one moment. */
    Uni<BalanceCheck> read(long afterPlayer, int players);

    /** The next page is to begin elsewhere, unless somebody has said so before. */
    Uni<Void> advance(long afterPlayer, long toPlayer);
}

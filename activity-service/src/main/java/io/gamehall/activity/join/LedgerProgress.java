package io.gamehall.activity.join;

import io.smallrye.mutiny.Uni;

/** How far the ledger has followed the joins. */
public interface LedgerProgress {
    /** Completes when every join that was in Kafka at the time of the call is in the ledger. May take long. */
    Uni<Void> caughtUp();
}

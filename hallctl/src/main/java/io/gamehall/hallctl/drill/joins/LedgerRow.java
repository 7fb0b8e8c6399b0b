package io.gamehall.hallctl.drill.joins;

/** A join that stands in the ledger. */
public record LedgerRow(long player, String activity, int ordinal, long joinedAtMs) {}

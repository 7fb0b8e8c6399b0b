package io.gamehall.activity.join.domain;

import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.join.domain.JoinOutcome.Accepted;
import io.gamehall.activity.join.domain.JoinOutcome.BeyondCap;
import io.gamehall.activity.join.domain.JoinOutcome.Closed;
import io.gamehall.activity.join.domain.JoinOutcome.NotOpen;
import io.gamehall.activity.join.domain.JoinOutcome.Repeated;
import io.gamehall.activity.join.domain.JoinOutcome.SoldOut;
import io.gamehall.activity.join.domain.JoinOutcome.Suspended;
import io.gamehall.activity.join.domain.JoinOutcome.TooFast;

/**
 * The rulebook of joins. In service it is {@code redis/join.lua} that decides, atomically, next to the data; one table
 * of cases holds the two together. Whoever changes one changes the other.
 */
public final class JoinRules {
    private JoinRules() {}

    /** What is said, and what holds afterwards. */
    public record Verdict(JoinOutcome outcome, Standing standing) {}

    /**
     * In this order: the player's rate; a join the player has is repeated whatever has become of the activity since;
     * switch; window; quota.
     *
     * @param nowMicros microseconds since 1970
     */
    public static Verdict decide(Terms terms, Standing standing, JoinRequest request, long nowMicros) {
        var wait = standing.bucket().waitMicros(terms.playerRate(), nowMicros);
        if (wait > 0) return new Verdict(new TooFast(wait), standing);
        var spent = standing.spent(standing.bucket().spend(terms.playerRate(), nowMicros));
        var outcome = ruled(terms, spent, request, nowMicros / 1000);
        return outcome instanceof Accepted accepted
                ? new Verdict(outcome, spent.with(accepted.ordinal(), accepted.joinedAtMs()))
                : new Verdict(outcome, spent);
    }

    private static JoinOutcome ruled(Terms terms, Standing standing, JoinRequest request, long nowMs) {
        var ordinal = request.ordinal() == JoinRequest.NEXT ? next(terms, standing) : request.ordinal();
        if (ordinal > terms.perPlayer()) return new BeyondCap(terms.perPlayer());
        var joinedAtMs = standing.joins().get(ordinal);
        if (joinedAtMs != null) return new Repeated(ordinal, joinedAtMs);
        if (terms.suspended()) return new Suspended();
        if (nowMs < terms.opensAtMs()) return new NotOpen(terms.opensAtMs());
        if (nowMs >= terms.closesAtMs()) return new Closed();
        if (standing.taken() >= terms.quota()) return new SoldOut();
        return new Accepted(ordinal, nowMs);
    }

    /** The first that the player does not have; the last when the player has all. */
    private static int next(Terms terms, Standing standing) {
        var ordinal = 1;
        while (ordinal < terms.perPlayer() && standing.joins().containsKey(ordinal)) ordinal++;
        return ordinal;
    }
}

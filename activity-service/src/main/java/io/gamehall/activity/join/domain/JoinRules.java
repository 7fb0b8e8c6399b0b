package io.gamehall.activity.join.domain;

import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.join.domain.JoinOutcome.Accepted;
import io.gamehall.activity.join.domain.JoinOutcome.BeyondCap;
import io.gamehall.activity.join.domain.JoinOutcome.Busy;
import io.gamehall.activity.join.domain.JoinOutcome.Closed;
import io.gamehall.activity.join.domain.JoinOutcome.DayUsedUp;
import io.gamehall.activity.join.domain.JoinOutcome.NotEligible;
import io.gamehall.activity.join.domain.JoinOutcome.NotOpen;
import io.gamehall.activity.join.domain.JoinOutcome.Repeated;
import io.gamehall.activity.join.domain.JoinOutcome.SoldOut;
import io.gamehall.activity.join.domain.JoinOutcome.Suspended;
import io.gamehall.activity.join.domain.JoinOutcome.TooFast;
import io.gamehall.activity.join.domain.JoinOutcome.Waiting;

/**
 * The rulebook of joins. In service it is {@code redis/join.lua} that decides, atomically, next to the data; one table
 * of cases and a random comparison hold the two together. Whoever changes one changes the other.
 */
public final class JoinRules {
    private JoinRules() {}

    /** What is said, and what holds afterwards. */
    public record Verdict(JoinOutcome outcome, Standing standing) {}

    /**
     * In this order: the player's rate; a join the player has is repeated whatever has become of the activity since;
     * switch; window; conditions; the player's day; quota; the activity's rate. Rates are not for players on the
     * allow-list, and the activity's not for those who have waited for their turn.
     *
     * @param nowMicros microseconds since 1970
     */
    public static Verdict decide(Terms terms, Standing standing, JoinRequest request, long nowMicros) {
        var spent = standing;
        if (!terms.allows(request.player())) {
            var wait = standing.bucket().waitMicros(terms.playerRate(), nowMicros);
            if (wait > 0) return new Verdict(new TooFast(wait), standing);
            spent = standing.spent(standing.bucket().spend(terms.playerRate(), nowMicros));
        }
        var outcome = ruled(terms, spent, request, nowMicros);
        return switch (outcome) {
            case Accepted join ->
                new Verdict(
                        join, spent.with(join.ordinal(), join.joinedAtMs(), passed(terms, spent, request, nowMicros)));
            case Waiting turn -> {
                var empty = Bucket.until(terms.playerRate(), nowMicros + turn.turnAfterMicros());
                yield new Verdict(turn, spent.waiting(empty, passed(terms, spent, request, nowMicros)));
            }
            default -> new Verdict(outcome, spent);
        };
    }

    private static JoinOutcome ruled(Terms terms, Standing standing, JoinRequest request, long nowMicros) {
        var nowMs = nowMicros / 1000;
        var days = new PlayerDay(terms.cap(), standing.joins(), nowMs);
        var ordinal = request.ordinal() == JoinRequest.NEXT ? days.next() : request.ordinal();
        if (ordinal > terms.perPlayer()) return new BeyondCap(terms.perPlayer());
        var joinedAtMs = standing.joins().get(ordinal);
        if (joinedAtMs != null) return new Repeated(ordinal, joinedAtMs);
        if (terms.suspended()) return new Suspended();
        if (nowMs < terms.opensAtMs()) return new NotOpen(terms.opensAtMs());
        if (nowMs >= terms.closesAtMs()) return new Closed();
        if (request.unmet().isPresent()) return new NotEligible(request.unmet().get());
        if (days.isUsedUp()) return new DayUsedUp(terms.cap().perDay().getAsInt(), days.endsAtMs());
        if (standing.taken() >= standing.share()) return new SoldOut();
        var wait = waitMicros(terms, standing, request, nowMicros);
        if (wait > Turnstile.TURN_MICROS_MAX) return new Busy(wait);
        return wait > 0 ? new Waiting(wait) : new Accepted(ordinal, nowMs);
    }

    private static long waitMicros(Terms terms, Standing standing, JoinRequest request, long nowMicros) {
        var rate = terms.rates().activity();
        if (rate.isEmpty() || passesFreely(terms, request)) return 0;
        return standing.turnstile().waitMicros(rate.get(), terms.shards(), nowMicros);
    }

    private static Turnstile passed(Terms terms, Standing standing, JoinRequest request, long nowMicros) {
        return terms.rates()
                .activity()
                .filter(rate -> !passesFreely(terms, request))
                .map(rate -> standing.turnstile().pass(rate, terms.shards(), nowMicros))
                .orElse(standing.turnstile());
    }

    private static boolean passesFreely(Terms terms, JoinRequest request) {
        return request.isTurn() || terms.allows(request.player());
    }
}

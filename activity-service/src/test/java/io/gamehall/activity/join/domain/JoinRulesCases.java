package io.gamehall.activity.join.domain;

import io.gamehall.activity.catalog.domain.Access;
import io.gamehall.activity.catalog.domain.ActivityRate;
import io.gamehall.activity.catalog.domain.Condition;
import io.gamehall.activity.catalog.domain.PlayerCap;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Rates;
import io.gamehall.activity.catalog.domain.Reward;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The one table of cases that runs against both {@link JoinRules} and {@code redis/join.lua}. Times are given from a
 * now, with an hour to spare, since Redis has a clock of its own.
 */
public final class JoinRulesCases {
    public static final long PLAYER = (4095L << 40) | 77;
    private static final long QUOTA = 10;
    private static final int TODAY = 0;
    private static final int YESTERDAY = 1;
    private static final Condition ELSEWHERE = new Condition.InRegion(Set.of("elsewhere"));
    private static final long DAY = 86_400_000;
    private static final long HOUR = 3_600_000;
    private static final long EARLIER = 1_700_000_000_000L;

    private final long nowMs;

    private JoinRulesCases(long nowMs) {
        this.nowMs = nowMs;
    }

    /**
     * @param expected with 0 for times that the clock gives
     */
    public record Case(String name, Terms terms, Standing standing, JoinRequest request, JoinOutcome expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Case> at(long nowMs) {
        return new JoinRulesCases(nowMs).cases();
    }

    /** An outcome without the times that the clock gave. */
    public static JoinOutcome timeless(JoinOutcome outcome) {
        return switch (outcome) {
            case Accepted accepted -> new Accepted(accepted.ordinal(), 0);
            case TooFast ignored -> new TooFast(0);
            case Waiting ignored -> new Waiting(0);
            case Busy ignored -> new Busy(0);
            default -> outcome;
        };
    }

    private List<Case> cases() {
        return List.of(
                new Case("a first join is accepted", open(), none(0), next(), new Accepted(1, 0)),
                new Case("the last of the quota is accepted", open(), none(9), next(), new Accepted(1, 0)),
                new Case("beyond the quota it is sold out", open(), none(10), next(), new SoldOut()),
                new Case("a quota lowered below what is taken is sold out", open(), none(50), next(), new SoldOut()),
                new Case("a repeat gives the same join", open(), joined(1, 1), next(), new Repeated(1, EARLIER + 1)),
                new Case("a repeat by ordinal too", open(), joined(1, 1), nth(1), new Repeated(1, EARLIER + 1)),
                new Case("a repeat when sold out", open(), joined(10, 1), next(), new Repeated(1, EARLIER + 1)),
                new Case("a repeat when suspended", suspended(), joined(1, 1), next(), new Repeated(1, EARLIER + 1)),
                new Case("a repeat when closed", over(), joined(1, 1), next(), new Repeated(1, EARLIER + 1)),
                new Case("suspended", suspended(), none(0), next(), new Suspended()),
                new Case("not open yet", early(), none(0), next(), new NotOpen(nowMs + HOUR)),
                new Case("closed", over(), none(0), next(), new Closed()),
                new Case("closed and sold out is closed", over(), none(10), next(), new Closed()),
                new Case(
                        "an empty window is closed", window(nowMs - HOUR, nowMs - HOUR), none(0), next(), new Closed()),
                new Case("the second of three", several(), joined(1, 1), next(), new Accepted(2, 0)),
                new Case("the second of three by ordinal", several(), joined(1, 1), nth(2), new Accepted(2, 0)),
                new Case(
                        "the first repeated by ordinal",
                        several(),
                        joined(2, 1, 2),
                        nth(1),
                        new Repeated(1, EARLIER + 1)),
                new Case(
                        "all of three: the last again",
                        several(),
                        joined(3, 1, 2, 3),
                        next(),
                        new Repeated(3, EARLIER + 3)),
                new Case("a gap is filled first", several(), joined(2, 1, 3), next(), new Accepted(2, 0)),
                new Case("beyond the cap", several(), joined(3, 1, 2, 3), nth(4), new BeyondCap(3)),
                new Case("beyond a cap of one", open(), none(0), nth(2), new BeyondCap(1)),
                new Case("a cap lowered since", open(), joined(2, 1, 2), next(), new Repeated(1, EARLIER + 1)),
                new Case("an empty bucket is too fast", open(), bucketFullIn(2_000), next(), new TooFast(0)),
                new Case("an empty bucket refuses repeats too", open(), joinedAndEmpty(), next(), new TooFast(0)),
                new Case("the last token will do", open(), bucketFullIn(1_000), next(), new Accepted(1, 0)),
                new Case(
                        "a bucket full long ago is no fuller", open(), bucketFullIn(-HOUR), next(), new Accepted(1, 0)),
                new Case("who meets a condition not is told so", open(), none(0), unmet(), new NotEligible(ELSEWHERE)),
                new Case(
                        "a condition does not matter to a repeat",
                        open(),
                        joined(1, 1),
                        unmet(),
                        new Repeated(1, EARLIER + 1)),
                new Case("outside of the window it does not matter either", over(), none(0), unmet(), new Closed()),
                new Case(
                        "who may not join hears nothing of the quota",
                        open(),
                        none(10),
                        unmet(),
                        new NotEligible(ELSEWHERE)),
                new Case(
                        "joins of other days do not count",
                        daily(2),
                        on(YESTERDAY, YESTERDAY),
                        next(),
                        new Accepted(3, 0)),
                new Case("the second of two today", daily(2), on(YESTERDAY, TODAY), next(), new Accepted(3, 0)),
                new Case(
                        "the last of today again when today is used up",
                        daily(2),
                        on(TODAY, YESTERDAY, TODAY),
                        next(),
                        new Repeated(3, nowMs)),
                new Case(
                        "another one by ordinal when today is used up",
                        daily(2),
                        on(TODAY, TODAY),
                        nth(3),
                        new DayUsedUp(2, startOfTomorrow())),
                new Case(
                        "an earlier one by ordinal when today is used up",
                        daily(1),
                        on(YESTERDAY, TODAY),
                        nth(1),
                        new Repeated(1, nowMs - DAY)),
                new Case("closed before the day", over(daily(1)), on(TODAY), nth(2), new Closed()),
                new Case(
                        "the day before sold out",
                        daily(1),
                        soldOut(on(TODAY)),
                        nth(2),
                        new DayUsedUp(1, startOfTomorrow())),
                new Case(
                        "a day's limit above the total is none",
                        daily(5),
                        on(TODAY, TODAY, TODAY, TODAY),
                        next(),
                        new Repeated(4, nowMs)),
                new Case("all of a busy activity's tokens are spent", rated(), owing(2), next(), new Waiting(0)),
                new Case("too long a line", rated(), owing(700), next(), new Busy(0)),
                new Case(
                        "whose turn it is needs no token of the activity",
                        rated(),
                        owing(2),
                        next().inTurn(),
                        new Accepted(1, 0)),
                new Case(
                        "whose turn it is needs one of their own",
                        open(),
                        bucketFullIn(2_000),
                        next().inTurn(),
                        new TooFast(0)),
                new Case("the last token of a busy activity", rated(), owing(1), next(), new Accepted(1, 0)),
                new Case("sold out before busy", rated(), soldOut(owing(2)), next(), new SoldOut()),
                new Case(
                        "a repeat needs no token of the activity",
                        rated(),
                        joinedOwing(),
                        next(),
                        new Repeated(1, EARLIER + 1)),
                new Case(
                        "on the allow-list nothing is too fast",
                        first(open()),
                        bucketFullIn(2_000),
                        next(),
                        new Accepted(1, 0)),
                new Case("on the allow-list nothing is busy", first(rated()), owing(2), next(), new Accepted(1, 0)),
                new Case("on the allow-list it is sold out, too", first(open()), none(10), next(), new SoldOut()));
    }

    /** With four joins in all. The activity's days begin twelve hours before now, so that none ends meanwhile. */
    private Terms daily(int perDay) {
        return open().cap(new PlayerCap(4, OptionalInt.of(perDay), dayOffsetMinutes()));
    }

    private int dayOffsetMinutes() {
        return (int) (12 * 60 - Math.floorMod(nowMs, DAY) / 60_000);
    }

    private long startOfTomorrow() {
        var cap = new PlayerCap(1, OptionalInt.empty(), dayOffsetMinutes());
        return cap.startOf(cap.dayOf(nowMs) + 1);
    }

    private Terms over(Terms terms) {
        return terms.endedAt(nowMs - HOUR);
    }

    /** Two joins for all, and one more every second. */
    private Terms rated() {
        return open().rates(new Rates(new PlayerRate(1, 2), Optional.of(new ActivityRate(1, 2))));
    }

    private static Terms first(Terms terms) {
        return terms.access(new Access(List.of(), Set.of(1L, PLAYER)));
    }

    /** A player's joins, the first of them that many days ago, and so on. */
    private Standing on(int... daysAgo) {
        var joins = new java.util.TreeMap<Integer, Long>();
        for (var index = 0; index < daysAgo.length; index++) joins.put(index + 1, nowMs - daysAgo[index] * DAY);
        return new Standing(joins.size(), QUOTA, joins, Bucket.FULL);
    }

    /** An hour ahead, so that nothing comes back meanwhile. */
    private Standing owing(int joins) {
        return new Standing(
                0,
                QUOTA,
                new java.util.TreeMap<>(),
                Bucket.FULL,
                new Turnstile(joins * 1_000_000L, (nowMs + HOUR) * 1000));
    }

    private Standing joinedOwing() {
        var owing = owing(2);
        return new Standing(1, QUOTA, joined(1, 1).joins(), Bucket.FULL, owing.turnstile());
    }

    private static Standing soldOut(Standing standing) {
        return new Standing(QUOTA, QUOTA, standing.joins(), standing.bucket(), standing.turnstile());
    }

    private static JoinRequest unmet() {
        return next().unmet(Optional.of(ELSEWHERE));
    }

    private Terms open() {
        return window(nowMs - HOUR, nowMs + HOUR);
    }

    private Terms early() {
        return window(nowMs + HOUR, nowMs + 2 * HOUR);
    }

    private Terms over() {
        return window(nowMs - 2 * HOUR, nowMs - HOUR);
    }

    private Terms suspended() {
        return open().suspended(true);
    }

    private Terms window(long opensAtMs, long closesAtMs) {
        return terms(opensAtMs, closesAtMs, 1);
    }

    private Terms several() {
        return terms(nowMs - HOUR, nowMs + HOUR, 3);
    }

    private static Terms terms(long opensAtMs, long closesAtMs, int perPlayer) {
        var reward = new Reward(Reward.Kind.ITEM, "Lantern, 灯笼", 3);
        return new Terms(QUOTA, opensAtMs, closesAtMs, perPlayer, false, new PlayerRate(1, 2), reward);
    }

    private static Standing none(long taken) {
        return new Standing(taken, QUOTA, Map.of(), Bucket.FULL);
    }

    private static Standing joined(long taken, int... ordinals) {
        var joins = new java.util.TreeMap<Integer, Long>();
        for (var ordinal : ordinals) joins.put(ordinal, EARLIER + ordinal);
        return new Standing(taken, QUOTA, joins, Bucket.FULL);
    }

    private Standing bucketFullIn(long ms) {
        return new Standing(0, QUOTA, Map.of(), new Bucket((nowMs + ms) * 1000));
    }

    private Standing joinedAndEmpty() {
        return new Standing(1, QUOTA, Map.of(1, EARLIER + 1), new Bucket((nowMs + 2_000) * 1000));
    }

    private static JoinRequest next() {
        return nth(JoinRequest.NEXT);
    }

    private static JoinRequest nth(int ordinal) {
        return new JoinRequest(PLAYER, "shenzhen-telecom", ordinal);
    }
}

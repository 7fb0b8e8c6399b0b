package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.Shards;
import io.gamehall.activity.join.Participants.Admission;
import io.gamehall.activity.join.Participants.OutboxEntry;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.activity.join.domain.JoinOutcome;
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
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;

/** {@code redis/join.lua} in terms of the domain: what it is told, and what it says. */
final class JoinScript {
    private static final RedisScript SCRIPT = new RedisScript("redis/join.lua");
    private static final int ENTRY_FIELDS = 3;

    private final HeldConnections connections;
    private final String cell;

    JoinScript(HeldConnections connections, String cell) {
        this.connections = connections;
        this.cell = cell;
    }

    /** What the script says. */
    sealed interface Answer {
        /** It is decided, or it can't be: either way it goes to the caller. */
        record Final(Admission admission) implements Answer {}

        /** The shard has given its share. */
        record Empty() implements Answer {}

        /** The shard does not know its share of this quota. */
        record Unsettled() implements Answer {}
    }

    /** Which token buckets an attempt has to pass. */
    enum Buckets {
        NONE("0"),
        ACTIVITY("1"),
        BOTH("2"),
        PLAYERS("3");

        private final String argument;

        Buckets(String argument) {
            this.argument = argument;
        }

        /** For the first attempt. */
        static Buckets of(Activity activity, JoinRequest request) {
            if (activity.terms().allows(request.player())) return NONE;
            return request.isTurn() ? PLAYERS : BOTH;
        }

        /** For a second attempt: the player has paid for the first. */
        Buckets withoutPlayers() {
            return switch (this) {
                case BOTH -> ACTIVITY;
                case PLAYERS -> NONE;
                case NONE, ACTIVITY -> this;
            };
        }
    }

    /** Runs it on the shard that decides for the player. */
    Future<Answer> run(Activity activity, JoinRequest request, Buckets buckets) {
        var shard = Shards.homeOf(request.player(), activity.terms().shards());
        var keys = ActivityKeys.of(cell, activity.id().value(), shard);
        var scriptKeys = List.of(keys.state(), keys.marks(), keys.bucket(request.player()), keys.outbox());
        return SCRIPT.run(connections, scriptKeys, arguments(activity, request, buckets))
                .map(answer -> answer(activity, request, shard, answer));
    }

    /** Numbered in the script. */
    static List<String> arguments(Activity activity, JoinRequest request, Buckets buckets) {
        var terms = activity.terms();
        var rate = terms.rates().activity();
        return List.of(
                Long.toString(activity.version()),
                flag(terms.suspended()),
                Long.toString(terms.opensAtMs()),
                Long.toString(terms.closesAtMs()),
                Long.toString(terms.quota()),
                Integer.toString(terms.perPlayer()),
                Long.toString(terms.playerRate().intervalMicros()),
                Integer.toString(terms.playerRate().burst()),
                Long.toUnsignedString(request.player()),
                Integer.toString(request.ordinal()),
                request.region(),
                terms.reward().kind().name(),
                terms.reward().name(),
                Long.toString(terms.reward().amount()),
                terms.reward().delivery().name(),
                terms.cap().countsDays() ? Integer.toString(terms.cap().perDay().getAsInt()) : "0",
                Long.toString(terms.cap().dayOffsetMs()),
                Integer.toString(terms.shards()),
                rate.map(one -> Integer.toString(one.perSecond())).orElse("0"),
                rate.map(one -> Integer.toString(one.burst())).orElse("0"),
                buckets.argument,
                flag(request.unmet().isPresent()));
    }

    /** What one of its answers means. */
    static Answer answer(Activity activity, JoinRequest request, int shard, Response answer) {
        return switch (answer.get(0).toString()) {
            case "UNSETTLED" -> new Answer.Unsettled();
            case "LOST" -> new Answer.Final(new Admission.Lost());
            case "STALE" -> new Answer.Final(new Admission.Stale());
            case "ACCEPTED" -> accepted(activity, request, shard, answer);
            case "REPEATED" -> repeated(activity, shard, answer);
            case "SOLD_OUT" -> activity.terms().shards() > 1 ? new Answer.Empty() : decided(new SoldOut());
            default -> decided(refused(activity, request, answer));
        };
    }

    private static JoinOutcome refused(Activity activity, JoinRequest request, Response answer) {
        return switch (answer.get(0).toString()) {
            case "TOO_FAST" -> new TooFast(answer.get(1).toLong());
            case "BEYOND_CAP" -> new BeyondCap(answer.get(1).toInteger());
            case "SUSPENDED" -> new Suspended();
            case "NOT_OPEN" -> new NotOpen(answer.get(1).toLong());
            case "CLOSED" -> new Closed();
            case "NOT_ELIGIBLE" -> new NotEligible(request.unmet().orElseThrow());
            case "DAY_USED_UP" ->
                new DayUsedUp(answer.get(1).toInteger(), answer.get(2).toLong());
            case "WAITING" -> new Waiting(answer.get(1).toLong());
            case "BUSY" -> new Busy(answer.get(1).toLong());
            default -> throw new IllegalStateException("join.lua answered " + answer + " for " + activity.id());
        };
    }

    private static Answer accepted(Activity activity, JoinRequest request, int shard, Response answer) {
        var ordinal = answer.get(1).toInteger();
        var id = answer.get(2).toString();
        var at = OutboxEntries.joinedAtMs(id);
        var reward = activity.terms().reward();
        var join = new Join(activity.id(), request.player(), ordinal, request.region(), at, reward);
        var entry = new OutboxEntry(OutboxEntries.id(shard, id), join);
        return new Answer.Final(new Admission.Decided(new Accepted(ordinal, at), Optional.of(entry)));
    }

    private static Answer repeated(Activity activity, int shard, Response answer) {
        var entry = answer.get(2).toString();
        var outcome = new Repeated(answer.get(1).toInteger(), OutboxEntries.joinedAtMs(entry));
        if (answer.size() <= ENTRY_FIELDS) return decided(outcome);
        var unpublished = OutboxEntries.entry(activity, shard, entry, answer.get(ENTRY_FIELDS));
        return new Answer.Final(new Admission.Decided(outcome, Optional.of(unpublished)));
    }

    static Answer decided(JoinOutcome outcome) {
        return new Answer.Final(new Admission.Decided(outcome, Optional.empty()));
    }

    private static String flag(boolean set) {
        return set ? "1" : "0";
    }
}

package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Participants;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.activity.join.domain.JoinOutcome;
import io.gamehall.activity.join.domain.JoinOutcome.Accepted;
import io.gamehall.activity.join.domain.JoinOutcome.BeyondCap;
import io.gamehall.activity.join.domain.JoinOutcome.Closed;
import io.gamehall.activity.join.domain.JoinOutcome.NotOpen;
import io.gamehall.activity.join.domain.JoinOutcome.Repeated;
import io.gamehall.activity.join.domain.JoinOutcome.SoldOut;
import io.gamehall.activity.join.domain.JoinOutcome.Suspended;
import io.gamehall.activity.join.domain.JoinOutcome.TooFast;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Joins are decided by {@code redis/join.lua}. */
@ApplicationScoped
public class RedisParticipants implements Participants {
    private static final RedisScript JOIN = new RedisScript("redis/join.lua");
    private static final int ENTRY_FIELDS = 3;

    private final HeldConnections connections;
    private final String cell;

    public RedisParticipants(HeldConnections connections, Cell cell) {
        this.connections = connections;
        this.cell = cell.name();
    }

    @Override
    public Uni<Admission> admit(Activity activity, JoinRequest request) {
        var keys = ActivityKeys.of(cell, activity.id().value());
        var scriptKeys = List.of(keys.state(), keys.marks(), keys.bucket(request.player()), keys.outbox());
        return UniHelper.toUni(JOIN.run(connections, scriptKeys, arguments(activity, request))
                .map(answer -> admission(activity, request, answer)));
    }

    @Override
    public Uni<Optional<SortedMap<Integer, Long>>> joinsOf(Activity activity, long player) {
        var keys = ActivityKeys.of(cell, activity.id().value());
        var marks = Request.cmd(Command.HMGET).arg(keys.marks());
        var perPlayer = activity.terms().perPlayer();
        for (var ordinal = 1; ordinal <= perPlayer; ordinal++) marks.arg(ActivityKeys.field(player, ordinal));
        var exists = connections.send(Request.cmd(Command.EXISTS).arg(keys.state()));
        var found = connections.send(marks);
        return UniHelper.toUni(Future.all(exists, found)
                .map(both -> exists.result().toInteger() == 0 ? Optional.empty() : Optional.of(joins(found.result()))));
    }

    private static List<String> arguments(Activity activity, JoinRequest request) {
        var terms = activity.terms();
        return List.of(
                Long.toString(activity.version()),
                terms.suspended() ? "1" : "0",
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
                Long.toString(terms.reward().amount()));
    }

    private static Admission admission(Activity activity, JoinRequest request, Response answer) {
        return switch (answer.get(0).toString()) {
            case "LOST" -> new Admission.Lost();
            case "STALE" -> new Admission.Stale();
            case "ACCEPTED" -> accepted(activity, request, answer);
            case "REPEATED" -> repeated(activity, answer);
            case "TOO_FAST" -> decided(new TooFast(answer.get(1).toLong()));
            case "BEYOND_CAP" -> decided(new BeyondCap(answer.get(1).toInteger()));
            case "SUSPENDED" -> decided(new Suspended());
            case "NOT_OPEN" -> decided(new NotOpen(answer.get(1).toLong()));
            case "CLOSED" -> decided(new Closed());
            case "SOLD_OUT" -> decided(new SoldOut());
            default -> throw new IllegalStateException("join.lua answered " + answer);
        };
    }

    private static Admission accepted(Activity activity, JoinRequest request, Response answer) {
        var ordinal = answer.get(1).toInteger();
        var entry = answer.get(2).toString();
        var at = OutboxEntries.joinedAtMs(entry);
        var join = new Join(
                activity.id(),
                request.player(),
                ordinal,
                request.region(),
                at,
                activity.terms().reward());
        return new Admission.Decided(new Accepted(ordinal, at), Optional.of(new OutboxEntry(entry, join)));
    }

    private static Admission repeated(Activity activity, Response answer) {
        var entry = answer.get(2).toString();
        var outcome = new Repeated(answer.get(1).toInteger(), OutboxEntries.joinedAtMs(entry));
        return answer.size() > ENTRY_FIELDS
                ? new Admission.Decided(
                        outcome, Optional.of(OutboxEntries.entry(activity, entry, answer.get(ENTRY_FIELDS))))
                : decided(outcome);
    }

    private static Admission decided(JoinOutcome outcome) {
        return new Admission.Decided(outcome, Optional.empty());
    }

    private static SortedMap<Integer, Long> joins(Response marks) {
        var joins = new TreeMap<Integer, Long>();
        for (var index = 0; index < marks.size(); index++) {
            var mark = marks.get(index);
            if (mark != null) joins.put(index + 1, OutboxEntries.joinedAtMs(mark.toString()));
        }
        return joins;
    }
}

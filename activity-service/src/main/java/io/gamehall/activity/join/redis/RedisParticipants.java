package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.Shards;
import io.gamehall.activity.join.JoinMeters;
import io.gamehall.activity.join.Participants;
import io.gamehall.activity.join.domain.JoinOutcome.SoldOut;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.join.redis.JoinScript.Answer;
import io.gamehall.activity.join.redis.JoinScript.Answer.Empty;
import io.gamehall.activity.join.redis.JoinScript.Answer.Final;
import io.gamehall.activity.join.redis.JoinScript.Answer.Unsettled;
import io.gamehall.activity.join.redis.JoinScript.Buckets;
import io.gamehall.activity.join.redis.ShardLoans.Loan;
import io.gamehall.activity.pace.CallersContext;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/**
 * Joins are decided by {@code redis/join.lua}, in the shard that knows the player: one call. Only where that shard has
 * nothing left to give, or does not know its share, others are asked, and the script again.
 */
@Singleton
public class RedisParticipants implements Participants {
    /** More than it takes to borrow from every shard, one after another, while others take it away. */
    private static final int ATTEMPTS_MAX = 200;

    private static final Admission SOLD_OUT = new Admission.Decided(new SoldOut(), Optional.empty());

    private final HeldConnections connections;
    private final JoinScript script;
    private final ShardLoans loans;
    private final String cell;

    public RedisParticipants(HeldConnections connections, JoinMeters meters, Cell cell) {
        this.connections = connections;
        this.cell = cell.name();
        this.script = new JoinScript(connections, this.cell);
        this.loans = new ShardLoans(connections, meters, this.cell);
    }

    @Override
    public Uni<Admission> admit(Activity activity, JoinRequest request) {
        return attempt(activity, request, Buckets.of(activity, request), 1);
    }

    private Uni<Admission> attempt(Activity activity, JoinRequest request, Buckets buckets, int attempt) {
        return UniHelper.toUni(script.run(activity, request, buckets)).flatMap(answer -> switch (answer) {
            case Final decided -> Uni.createFrom().item(decided.admission());
            case Empty ignored
            when loans.isSoldOut(activity) -> Uni.createFrom().item(SOLD_OUT);
            case Answer again
            when attempt == ATTEMPTS_MAX ->
                Uni.createFrom().failure(new TimeoutException("The shards of " + activity.id() + " found no rest"));
            case Empty ignored -> {
                var home = Shards.homeOf(request.player(), activity.terms().shards());
                yield goOn(loans.borrow(activity, home), activity, request, buckets, attempt);
            }
            case Unsettled ignored -> goOn(loans.settle(activity), activity, request, buckets, attempt);
        });
    }

    private Uni<Admission> goOn(Uni<Loan> found, Activity activity, JoinRequest request, Buckets buckets, int attempt) {
        return found.emitOn(CallersContext.executor()).chain(loan -> switch (loan) {
            case SOLD_OUT -> Uni.createFrom().item(SOLD_OUT);
            case LOST -> Uni.createFrom().item(new Admission.Lost());
            case STALE -> Uni.createFrom().item(new Admission.Stale());
            case ASK_AGAIN -> attempt(activity, request, buckets.withoutPlayers(), attempt + 1);
        });
    }

    @Override
    public Uni<Optional<SortedMap<Integer, Long>>> joinsOf(Activity activity, long player) {
        var home = Shards.homeOf(player, activity.terms().shards());
        var keys = ActivityKeys.of(cell, activity.id().value(), home);
        var marks = Request.cmd(Command.HMGET).arg(keys.marks());
        var perPlayer = activity.terms().perPlayer();
        for (var ordinal = 1; ordinal <= perPlayer; ordinal++) marks.arg(ActivityKeys.field(player, ordinal));
        var exists =
                connections.send(Request.cmd(Command.HEXISTS).arg(keys.state()).arg("run"));
        var found = connections.send(marks);
        return UniHelper.toUni(Future.all(exists, found)
                .map(both -> exists.result().toInteger() == 0 ? Optional.empty() : Optional.of(joins(found.result()))));
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

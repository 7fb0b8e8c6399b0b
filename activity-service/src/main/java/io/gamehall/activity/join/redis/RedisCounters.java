package io.gamehall.activity.join.redis;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.join.Counters;
import io.gamehall.activity.join.JoinSettings;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.gamehall.activity.join.Part;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Each call is one script, hence one step: {@code redis/vouch.lua} and its neighbours say what it does. */
@Singleton
public class RedisCounters implements Counters {
    private static final RedisScript VOUCH = new RedisScript("redis/vouch.lua");
    private static final RedisScript CLAIM = new RedisScript("redis/claim.lua");
    private static final RedisScript STAGE = new RedisScript("redis/stage.lua");
    private static final RedisScript OPEN = new RedisScript("redis/open.lua");
    private static final RedisScript CENSUS = new RedisScript("redis/census.lua");
    private static final RedisScript MEND = new RedisScript("redis/mend.lua");
    /** Who brings counters back and is silent for longer has died; another may begin. */
    private static final String STEP_MS_MAX = "10000";

    private final HeldConnections connections;
    private final String cell;
    private final String trustMs;

    public RedisCounters(HeldConnections connections, Cell cell, JoinSettings settings) {
        this.connections = connections;
        this.cell = cell.name();
        this.trustMs = Long.toString(settings.trust().toMillis());
    }

    @Override
    public Uni<Vouched> vouch(Part part, long epochMin) {
        return run(VOUCH, List.of(keys(part).state()), List.of(Long.toString(epochMin), trustMs))
                .map(answer -> new Vouched(
                        Trust.valueOf(answer.get(0).toString()), answer.get(1).toString()));
    }

    @Override
    public Uni<Boolean> claim(Part part, Rebuild rebuild, long epochMin) {
        var arguments = List.of(rebuild.id(), rebuild.run(), Long.toString(epochMin), STEP_MS_MAX);
        return run(CLAIM, List.of(keys(part).state()), arguments).map(answer -> switch (answer.toString()) {
            case "CLAIMED" -> true;
            case "OPEN" -> false;
            case "BUSY" -> throw new Superseded("Another brings the counters back");
            case "RESTARTED" -> throw new Superseded("Redis has restarted again");
            default -> throw new IllegalStateException("claim.lua answered " + answer);
        });
    }

    @Override
    public Uni<Void> stage(Part part, Rebuild rebuild, List<LedgerRow> rows) {
        var arguments = new ArrayList<String>(2 + 2 * rows.size());
        arguments.add(rebuild.id());
        arguments.add(STEP_MS_MAX);
        addMarks(arguments, rows);
        var keys = keys(part);
        return run(STAGE, List.of(keys.state(), keys.marks()), arguments)
                .map(RedisCounters::unlessVoid)
                .replaceWithVoid();
    }

    @Override
    public Uni<Long> open(Part part, Rebuild rebuild, long epoch) {
        var arguments = List.of(rebuild.id(), Long.toString(part.activity().version()), Long.toString(epoch), trustMs);
        var keys = keys(part);
        return run(OPEN, List.of(keys.state(), keys.marks()), arguments).map(answer -> {
            if (answer.toLong() < 0) throw new Superseded("The rebuild is void");
            return answer.toLong();
        });
    }

    @Override
    public Uni<Boolean> takeTurn(Activity activity, Duration time) {
        var turn = Request.cmd(Command.SET)
                .arg(keys(Part.of(activity).getFirst()).turn())
                .arg("1")
                .arg("NX")
                .arg("PX")
                .arg(time.toMillis());
        return UniHelper.toUni(connections.send(turn)).map(taken -> taken != null);
    }

    @Override
    public Uni<Census> census(Part part) {
        var keys = keys(part);
        return run(CENSUS, List.of(keys.state(), keys.marks(), keys.outbox()), List.of())
                .map(answer -> new Census(
                        answer.get(0).toLong(),
                        answer.get(1).toLong(),
                        answer.get(2).toLong(),
                        answer.get(3).toLong()));
    }

    @Override
    public Uni<Mended> mend(Part part, List<LedgerRow> rows) {
        var arguments = new ArrayList<String>(2 * rows.size());
        addMarks(arguments, rows);
        var keys = keys(part);
        return run(MEND, List.of(keys.state(), keys.marks()), arguments)
                .map(answer -> new Mended(answer.get(0).toLong(), answer.get(1).toLong()));
    }

    @Override
    public Uni<Marks> marks(Part part, String from, int about) {
        var scan = Request.cmd(Command.HSCAN)
                .arg(keys(part).marks())
                .arg(from)
                .arg("COUNT")
                .arg(about);
        return UniHelper.toUni(connections.send(scan)).map(answer -> {
            var pairs = answer.get(1);
            var rows = new ArrayList<LedgerRow>(pairs.size() / 2);
            for (var index = 0; index + 1 < pairs.size(); index += 2) {
                rows.add(row(pairs.get(index).toString(), pairs.get(index + 1).toString()));
            }
            return new Marks(rows, answer.get(0).toString());
        });
    }

    private Uni<Response> run(RedisScript script, List<String> keys, List<String> arguments) {
        return UniHelper.toUni(script.run(connections, keys, arguments));
    }

    private static void addMarks(List<String> arguments, List<LedgerRow> rows) {
        for (var row : rows) {
            arguments.add(ActivityKeys.field(row.player(), row.ordinal()));
            arguments.add(Long.toString(row.joinedAtMs()));
        }
    }

    private static LedgerRow row(String field, String mark) {
        var colon = field.indexOf(':');
        return new LedgerRow(
                Long.parseUnsignedLong(field, 0, colon, 10),
                Integer.parseInt(field, colon + 1, field.length(), 10),
                OutboxEntries.joinedAtMs(mark));
    }

    private static Response unlessVoid(Response answer) {
        if (answer.toInteger() == 0) throw new Superseded("The rebuild is void");
        return answer;
    }

    private ActivityKeys keys(Part part) {
        return ActivityKeys.of(cell, part.activity().id().value(), part.number());
    }
}

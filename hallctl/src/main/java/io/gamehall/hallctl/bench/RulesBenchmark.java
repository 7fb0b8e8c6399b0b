package io.gamehall.hallctl.bench;

import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.Partition;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomRules;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.domain.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The rules alone: each operation decides a command and makes its events true, as an owner does, in one thread and
 * without I/O. The room has the classic 400 members, half of them seated, and tables for all. A refused command fails
 * the benchmark: it would be cheap, and prove nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RulesBenchmark {
    private static final int MEMBERS = 400;
    private static final int GUESTS = 400;
    private static final int SEATS = 4;
    private static final long GENERATION = 1;
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final long CELL = 1L << 40;
    private static final long SPREAD = 0x9E37_79B9L;
    private static final int OF_A_ROUND = 2 * SEATS + 1;

    private static final RoomId ROOM = new RoomId("upgrade-001");
    private static final RoomId OTHER = new RoomId("upgrade-002");

    private Partition partition;
    private PlayerId[] players;
    private List<Score> scores;
    private List<PlayerId> table;
    private int next;

    /** A room with its members; half of them sit. */
    @Setup(Level.Trial)
    public void furnish() {
        partition = new Partition();
        // With place for a guest, so that somebody can enter.
        var setup = RoomSetup.withTablesForAll("upgrade", SEATS, MEMBERS + SEATS);
        make(new RoomCommand.EnsureRoom(ROOM, setup));
        make(new RoomCommand.EnsureRoom(OTHER, setup));
        players = new PlayerId[MEMBERS + GUESTS];
        for (int i = 0; i < players.length; i++) players[i] = new PlayerId(CELL + (i + 1) * SPREAD);
        for (int i = 0; i < MEMBERS; i++) {
            make(new RoomCommand.Enter(ROOM, players[i], GENERATION, false, NOW_MS));
            if (i < MEMBERS / 2) make(new RoomCommand.QuickJoin(ROOM, players[i], GENERATION, NOW_MS));
        }
        table = List.of(players).subList(0, SEATS);
        var drawn = new ArrayList<Score>();
        table.forEach(player -> drawn.add(new Score(player, 0)));
        scores = List.copyOf(drawn);
    }

    /** A standing member takes a seat, and gives it up. */
    @Benchmark
    @OperationsPerInvocation(2)
    public Decision seats() {
        var player = players[MEMBERS / 2 + next()];
        make(new RoomCommand.QuickJoin(ROOM, player, GENERATION, NOW_MS));
        return make(new RoomCommand.Stand(ROOM, player, GENERATION, NOW_MS));
    }

    /** A guest enters whichever room is fullest, and leaves. */
    @Benchmark
    @OperationsPerInvocation(2)
    public Decision members() {
        var guest = players[MEMBERS + next()];
        make(new RoomCommand.AutoEnter("upgrade", guest, GENERATION, NOW_MS));
        return make(new RoomCommand.Leave(ROOM, guest, GENERATION, NOW_MS));
    }

    /** A whole round: all of a table get ready and report, and the result is confirmed as published. */
    @Benchmark
    @OperationsPerInvocation(OF_A_ROUND)
    public Decision rounds() {
        for (var player : table) make(new RoomCommand.Ready(ROOM, player, GENERATION, NOW_MS));
        int number =
                partition.room(ROOM).orElseThrow().tableOf(table.getFirst()).orElseThrow();
        long round = partition.room(ROOM).orElseThrow().table(number).round();
        for (var player : table) {
            make(new RoomCommand.ReportResult(ROOM, player, GENERATION, number, round, scores, NOW_MS));
        }
        return make(new RoomCommand.ConfirmPublished(ROOM, number, round));
    }

    private int next() {
        next = (next + 1) % (MEMBERS / 2);
        return next;
    }

    private Decision make(RoomCommand command) {
        var decision = RoomRules.decide(partition, command);
        if (!(decision instanceof Decision.Accepted accepted))
            throw new IllegalStateException(command + ": " + decision);
        for (var event : accepted.events()) partition.apply(event);
        return decision;
    }
}

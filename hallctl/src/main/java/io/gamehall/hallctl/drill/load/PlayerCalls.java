package io.gamehall.hallctl.drill.load;

import static io.gamehall.hallctl.drill.history.Call.NONE;

import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.CallKind;
import io.gamehall.hallctl.drill.history.History;
import io.gamehall.hallctl.drill.history.Outcome;
import io.gamehall.hallctl.drill.history.Span;
import io.gamehall.hallctl.swarm.Trouble;
import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.LeaveRequest;
import io.gamehall.v1.PlayServiceGrpc.PlayServiceBlockingStub;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.QuickJoinRequest;
import io.gamehall.v1.ReadyRequest;
import io.gamehall.v1.ReportResultRequest;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.StandRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One player's calls, one after the other: each with a request id of its own and the same on every try, tried until it
 * is answered or the patience is over, and recorded. Confined to the player's (virtual) thread, which it blocks.
 */
public final class PlayerCalls {
    /** Answers that say: whether it took effect is not known, or it did not; ask again. */
    private static final Set<String> PASSING = Set.of(
            "OWNER_UNAVAILABLE", "DEPENDENCY_UNAVAILABLE", "OVERLOADED", "TOO_FAST", "INTERNAL", "ALREADY_ENTERING");

    private final long player;
    private final PlayServiceBlockingStub stub;
    private final Manners manners;
    private final Tempo tempo;
    private final History history;
    private final Availability availability;
    private int calls;

    PlayerCalls(
            long player,
            PlayServiceBlockingStub stub,
            Manners manners,
            Tempo tempo,
            History history,
            Availability availability) {
        this.player = player;
        this.stub = stub;
        this.manners = manners;
        this.tempo = tempo;
        this.history = history;
        this.availability = availability;
    }

    /** What is asked: about which room, table and round, as far as the player knows. */
    private record Ask(CallKind kind, String room, int table, long round) {}

    /** What an acknowledgement tells. */
    private record Told(String room, int table, int seat) {
        static Told of(EnterReply reply) {
            return new Told(reply.getRoomId(), NONE, NONE);
        }

        static Told of(SeatReply reply) {
            return new Told(reply.getRoomId(), reply.getTable(), reply.getSeat());
        }
    }

    @FunctionalInterface
    private interface Try {
        Told run(PlayServiceBlockingStub stub, String requestId);
    }

    public Call autoEnter(String game) throws InterruptedException {
        return ask(
                new Ask(CallKind.AUTO_ENTER, "", NONE, 0),
                (play, id) -> Told.of(play.autoEnter(AutoEnterRequest.newBuilder()
                        .setGame(game)
                        .setRequestId(id)
                        .build())));
    }

    public Call enter(String room) throws InterruptedException {
        return ask(
                new Ask(CallKind.ENTER, room, NONE, 0),
                (play, id) -> Told.of(play.enter(EnterRequest.newBuilder()
                        .setRoomId(room)
                        .setRequestId(id)
                        .build())));
    }

    public Call quickJoin(String room) throws InterruptedException {
        return ask(
                new Ask(CallKind.QUICK_JOIN, room, NONE, 0),
                (play, id) -> Told.of(play.quickJoin(QuickJoinRequest.newBuilder()
                        .setRoomId(room)
                        .setRequestId(id)
                        .build())));
    }

    public Call stand(String room) throws InterruptedException {
        return ask(new Ask(CallKind.STAND, room, NONE, 0), (play, id) -> {
            play.stand(
                    StandRequest.newBuilder().setRoomId(room).setRequestId(id).build());
            return new Told(room, NONE, NONE);
        });
    }

    public Call leave(String room) throws InterruptedException {
        return ask(new Ask(CallKind.LEAVE, room, NONE, 0), (play, id) -> {
            play.leave(
                    LeaveRequest.newBuilder().setRoomId(room).setRequestId(id).build());
            return new Told(room, NONE, NONE);
        });
    }

    Call ready(String room) throws InterruptedException {
        return ask(new Ask(CallKind.READY, room, NONE, 0), (play, id) -> {
            play.ready(
                    ReadyRequest.newBuilder().setRoomId(room).setRequestId(id).build());
            return new Told(room, NONE, NONE);
        });
    }

    Call report(String room, int table, long round, List<PlayerScore> scores) throws InterruptedException {
        return ask(new Ask(CallKind.REPORT, room, table, round), (play, id) -> {
            play.reportResult(ReportResultRequest.newBuilder()
                    .setRoomId(room)
                    .setTable(table)
                    .setRound(round)
                    .addAllScores(scores)
                    .setRequestId(id)
                    .build());
            return new Told(room, table, NONE);
        });
    }

    private Call ask(Ask ask, Try call) throws InterruptedException {
        tempo.await();
        int number = ++calls;
        long startMs = System.currentTimeMillis();
        long startNanos = System.nanoTime();
        for (int tries = 1; ; tries++) {
            long triedNanos = System.nanoTime();
            try {
                var told = call.run(deadlined(), Call.requestId(player, number));
                availability.answered(told.room(), triedNanos);
                return record(ask, number, span(startMs, startNanos), tries, told, Outcome.ACKNOWLEDGED, "");
            } catch (StatusRuntimeException failure) {
                var trouble = Trouble.of(failure);
                boolean passing = trouble.reason().map(PASSING::contains).orElse(true);
                if (!passing) {
                    var told = told(ask, trouble);
                    if (!told.room().isEmpty()) availability.answered(told.room(), triedNanos);
                    return record(ask, number, span(startMs, startNanos), tries, told, Outcome.REFUSED, trouble.name());
                }
                var pause = pause(trouble);
                long spent = System.nanoTime() - startNanos + pause.toNanos();
                if (spent > manners.patience().toNanos()
                        || Thread.currentThread().isInterrupted()) {
                    var told = new Told(ask.room(), ask.table(), NONE);
                    return record(ask, number, span(startMs, startNanos), tries, told, Outcome.FAILED, trouble.name());
                }
                Thread.sleep(pause);
            }
        }
    }

    private PlayServiceBlockingStub deadlined() {
        return stub.withDeadlineAfter(manners.deadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Duration pause(Trouble trouble) {
        return manners.heedsAdvice() ? trouble.retryAfter().orElse(manners.pause()) : manners.pause();
    }

    /** ALREADY_SEATED says where. */
    private static Told told(Ask ask, Trouble refusal) {
        return new Told(
                ask.room(),
                number(refusal.particulars().get("table"), ask.table()),
                number(refusal.particulars().get("seat"), NONE));
    }

    private static int number(String digits, int otherwise) {
        return digits != null && digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : otherwise;
    }

    private static Span span(long startMs, long startNanos) {
        return new Span(startMs, System.currentTimeMillis(), startNanos, System.nanoTime());
    }

    private Call record(Ask ask, int number, Span span, int tries, Told told, Outcome outcome, String reason) {
        var call = new Call(
                player,
                number,
                ask.kind(),
                told.room(),
                told.table(),
                told.seat(),
                ask.round(),
                span,
                tries,
                outcome,
                reason);
        history.record(call);
        return call;
    }
}

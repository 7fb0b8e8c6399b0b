package io.gamehall.journeys.hall;

import static io.gamehall.journeys.hall.GatewayClient.reason;
import static org.awaitility.Awaitility.await;

import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.LeaveRequest;
import io.gamehall.v1.PlayServiceGrpc.PlayServiceBlockingStub;
import io.gamehall.v1.QuickJoinRequest;
import io.gamehall.v1.ReadyRequest;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.Session;
import io.gamehall.v1.SitRequest;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/** A player who has a session, and asks one gateway: again, as docs/errors.md says, what fails in passing only. */
record TestPlayer(GatewayClient gateway, Session session) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Set<String> PASSING =
            Set.of("OWNER_UNAVAILABLE", "OVERLOADED", "DEPENDENCY_UNAVAILABLE", "ALREADY_ENTERING");

    /** A new account's. */
    static TestPlayer register(GatewayClient gateway, String name) {
        return new TestPlayer(gateway, gateway.register(name));
    }

    /** The same session at another gateway. */
    TestPlayer at(GatewayClient other) {
        return new TestPlayer(other, session);
    }

    long id() {
        return session.getPlayerId();
    }

    SeatReply enterAndSit(String game) {
        var room = ask((play, id) -> play.autoEnter(
                AutoEnterRequest.newBuilder().setGame(game).setRequestId(id).build()));
        return quickJoin(room.getRoomId());
    }

    SeatReply quickJoin(String room) {
        return ask((play, id) -> play.quickJoin(
                QuickJoinRequest.newBuilder().setRoomId(room).setRequestId(id).build()));
    }

    EnterReply enter(String room) {
        return ask((play, id) -> play.enter(
                EnterRequest.newBuilder().setRoomId(room).setRequestId(id).build()));
    }

    void leave(String room) {
        ask((play, id) -> play.leave(
                LeaveRequest.newBuilder().setRoomId(room).setRequestId(id).build()));
    }

    SeatReply sit(SeatReply seat) {
        return ask((play, id) -> play.sit(SitRequest.newBuilder()
                .setRoomId(seat.getRoomId())
                .setTable(seat.getTable())
                .setSeat(seat.getSeat())
                .setRequestId(id)
                .build()));
    }

    /** Whoever sits may. */
    void getReady(String room) {
        ask((play, id) -> play.ready(
                ReadyRequest.newBuilder().setRoomId(room).setRequestId(id).build()));
    }

    private <T> T ask(BiFunction<PlayServiceBlockingStub, String, T> call) {
        var requestId = UUID.randomUUID().toString();
        return await("an answer")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .ignoreExceptionsMatching(failure -> PASSING.contains(reason(failure)))
                .until(() -> call.apply(gateway.play(session), requestId), answer -> true);
    }
}

package io.gamehall.hallctl.load;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.LeaveRequest;
import io.gamehall.v1.PlayServiceGrpc;
import io.gamehall.v1.QuickJoinRequest;
import io.gamehall.v1.SayRequest;
import io.gamehall.v1.StandRequest;
import io.grpc.MethodDescriptor;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Through the hall's gateways, with each player's own session token. */
public final class GatewayCalls implements RoomCalls {
    private static final String ENTER = path(PlayServiceGrpc.getEnterMethod());
    private static final String AUTO_ENTER = path(PlayServiceGrpc.getAutoEnterMethod());
    private static final String QUICK_JOIN = path(PlayServiceGrpc.getQuickJoinMethod());
    private static final String STAND = path(PlayServiceGrpc.getStandMethod());
    private static final String SAY = path(PlayServiceGrpc.getSayMethod());
    private static final String LEAVE = path(PlayServiceGrpc.getLeaveMethod());

    private final Lines lines;
    private final List<String> gateways;

    /** @param gateways {@code host:port}, shared evenly by the players */
    public GatewayCalls(Lines lines, List<String> gateways) {
        this.lines = lines;
        this.gateways = List.copyOf(gateways);
    }

    @Override
    public void enter(Player player, String requestId, Answer.Sink<EnterReply> done) {
        var request = EnterRequest.newBuilder()
                .setRoomId(player.room())
                .setRequestId(requestId)
                .build();
        call(player, ENTER, request, GatewayCalls::entered, done);
    }

    @Override
    public void autoEnter(Player player, String game, String requestId, Answer.Sink<EnterReply> done) {
        var request = AutoEnterRequest.newBuilder()
                .setGame(game)
                .setRequestId(requestId)
                .build();
        call(player, AUTO_ENTER, request, GatewayCalls::entered, done);
    }

    @Override
    public void quickJoin(Player player, String requestId, Answer.Sink<Void> done) {
        var request = QuickJoinRequest.newBuilder()
                .setRoomId(player.room())
                .setRequestId(requestId)
                .build();
        call(player, QUICK_JOIN, request, GatewayCalls::nothing, done);
    }

    @Override
    public void stand(Player player, String requestId, Answer.Sink<Void> done) {
        var request = StandRequest.newBuilder()
                .setRoomId(player.room())
                .setRequestId(requestId)
                .build();
        call(player, STAND, request, GatewayCalls::nothing, done);
    }

    @Override
    public void leave(Player player, String requestId, Answer.Sink<Void> done) {
        var request = LeaveRequest.newBuilder()
                .setRoomId(player.room())
                .setRequestId(requestId)
                .build();
        call(player, LEAVE, request, GatewayCalls::nothing, done);
    }

    /** Says a line in the player's room. */
    public void say(Player player, String text, String requestId, Answer.Sink<Void> done) {
        var request = SayRequest.newBuilder()
                .setRoomId(player.room())
                .setText(text)
                .setRequestId(requestId)
                .build();
        call(player, SAY, request, GatewayCalls::nothing, done);
    }

    private <R> void call(Player player, String path, MessageLite request, Line.Reader<R> reader, Answer.Sink<R> done) {
        var gateway = gateways.get(player.number() % gateways.size());
        lines.call(
                gateway,
                player.number() / gateways.size(),
                path,
                headers -> Http2.authorization(headers, "Bearer " + player.token()),
                request,
                reader,
                done);
    }

    private static EnterReply entered(ByteBuf message) throws InvalidProtocolBufferException {
        return EnterReply.parseFrom(message.nioBuffer());
    }

    private static Void nothing(ByteBuf message) {
        return null;
    }

    private static String path(MethodDescriptor<?, ?> method) {
        return "/" + method.getFullMethodName();
    }
}

package io.gamehall.journeys.hall;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import io.gamehall.v1.Event;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.LoginRequest;
import io.gamehall.v1.LoginServiceGrpc;
import io.gamehall.v1.LoginServiceGrpc.LoginServiceBlockingStub;
import io.gamehall.v1.PlayServiceGrpc;
import io.gamehall.v1.PlayServiceGrpc.PlayServiceBlockingStub;
import io.gamehall.v1.RegisterRequest;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.Session;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.WatchRoomsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/** Players' programs at one gateway. Calls fail rather than hang; streams stay open until somebody ends them. */
final class GatewayClient implements AutoCloseable {
    private static final long ANSWER_SECONDS_MAX = 30;
    private static final String PASSWORD = "correct horse";
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final String address;
    private final ManagedChannel channel;

    /** @param address {@code host:port} */
    GatewayClient(String address) {
        this.address = address;
        channel = NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .build();
    }

    String address() {
        return address;
    }

    LoginServiceBlockingStub login() {
        return inTime(LoginServiceGrpc.newBlockingStub(channel));
    }

    DirectoryServiceBlockingStub directory(Session session) {
        return inTime(as(session, DirectoryServiceGrpc.newBlockingStub(channel)));
    }

    PlayServiceBlockingStub play(Session session) {
        return inTime(as(session, PlayServiceGrpc.newBlockingStub(channel)));
    }

    /** An account of that name, in the region of this gateway, and its first session. */
    Session register(String name) {
        var request = RegisterRequest.newBuilder().setName(name).setPassword(PASSWORD);
        return login().register(request.build()).getSession();
    }

    /** A login of an account that {@link #register} made. */
    static LoginRequest loginOf(String name) {
        return LoginRequest.newBuilder().setName(name).setPassword(PASSWORD).build();
    }

    Recording<SubscribeRequest, Event> subscribe(Session session, SubscribeRequest request) {
        var recording = new Recording<SubscribeRequest, Event>();
        as(session, EventServiceGrpc.newStub(channel)).subscribe(request, recording);
        return recording;
    }

    Recording<SubscribeRequest, Event> subscribe(Session session) {
        return subscribe(session, SubscribeRequest.getDefaultInstance());
    }

    Recording<WatchRoomsRequest, RoomsUpdate> watchRooms(Session session) {
        var recording = new Recording<WatchRoomsRequest, RoomsUpdate>();
        as(session, DirectoryServiceGrpc.newStub(channel))
                .watchRooms(WatchRoomsRequest.getDefaultInstance(), recording);
        return recording;
    }

    /** The reason that a refusal gives, of docs/errors.md; of what gives none the name of the gRPC status. */
    static String reason(Throwable failure) {
        var status = StatusProto.fromThrowable(failure);
        if (status == null) return Status.fromThrowable(failure).getCode().name();
        try {
            for (var detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class))
                    return detail.unpack(ErrorInfo.class).getReason();
            }
        } catch (InvalidProtocolBufferException damaged) {
            throw new AssertionError(damaged);
        }
        return Status.fromCodeValue(status.getCode()).getCode().name();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static <S extends AbstractStub<S>> S inTime(S stub) {
        return stub.withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static <S extends AbstractStub<S>> S as(Session session, S stub) {
        var headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + session.getToken());
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}

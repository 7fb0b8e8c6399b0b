package io.gamehall.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.LoginServiceGrpc;
import io.gamehall.v1.PlayServiceGrpc;
import io.gamehall.v1.RegisterRequest;
import io.gamehall.v1.Session;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.ConfigProvider;

/** A game client on the public API. */
public final class Client implements AutoCloseable {
    public static final String PASSWORD = "correct horse";
    private static final AtomicLong NAMES = new AtomicLong(System.currentTimeMillis());

    public final ManagedChannel channel;

    public Client() {
        this(port());
    }

    public Client(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    public static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    /** A name that nobody has. */
    public static String freshName() {
        return "p-" + NAMES.incrementAndGet();
    }

    public Session register(String name) {
        return login().register(RegisterRequest.newBuilder()
                        .setName(name)
                        .setPassword(PASSWORD)
                        .build())
                .getSession();
    }

    public LoginServiceGrpc.LoginServiceBlockingStub login() {
        return LoginServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    public DirectoryServiceGrpc.DirectoryServiceBlockingStub directory(String token) {
        return with(token, DirectoryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS));
    }

    public DirectoryServiceGrpc.DirectoryServiceStub directoryAsync(String token) {
        return with(token, DirectoryServiceGrpc.newStub(channel));
    }

    public PlayServiceGrpc.PlayServiceBlockingStub play(String token) {
        return with(token, PlayServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS));
    }

    public EventServiceGrpc.EventServiceBlockingStub events(String token) {
        return with(token, EventServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS));
    }

    public EventServiceGrpc.EventServiceStub eventsAsync(String token) {
        return with(token, EventServiceGrpc.newStub(channel));
    }

    public static <S extends AbstractStub<S>> S with(String token, S stub) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** The reason for which a call is refused. */
    public static String reason(ThrowingCallable call) {
        return info(catchThrowableOfType(StatusRuntimeException.class, call)).getReason();
    }

    public static ErrorInfo info(StatusRuntimeException refused) {
        assertThat(refused).as("the call is refused").isNotNull();
        var status = StatusProto.fromThrowable(refused);
        assertThat(status.getDetailsList())
                .as("details of %s", refused.getStatus())
                .isNotEmpty();
        try {
            return status.getDetails(0).unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}

package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.play.BreakerConfig;
import io.gamehall.gateway.play.PlayConfig;
import io.gamehall.v1.KeepAliveReply;
import io.gamehall.v1.KeepAliveRequest;
import io.gamehall.v1.MutinyRoomCommandsGrpc;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The connection to one owner. Safe for any thread; answers come on a thread of its transport. */
final class OwnerChannel {
    static final Metadata.Key<String> CREDENTIAL =
            Metadata.Key.of("gamehall-credential", Metadata.ASCII_STRING_MARSHALLER);

    /** The largest answer is that to who enters: 50 lines of chat of 500 characters, at up to 4 bytes each. */
    private static final int MESSAGE_BYTES_MAX = 300 * 1024;

    private static final long KEEP_ALIVE_SECONDS = 10;
    private static final long KEEP_ALIVE_ANSWER_SECONDS = 3;
    /** A dead owner's address is not tried more often than this, however many calls wait for it. */
    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ManagedChannel channel;
    private final MutinyRoomCommandsGrpc.MutinyRoomCommandsStub stub;
    private final OwnerBreaker breaker;
    private final OwnerMeters meters;
    private final int inFlightMax;
    /** The bulkhead. Outside of the breaker, which would take calls that are shed for answered ones. */
    private final Semaphore places;

    private final AtomicLong reconnectedAtNanos = new AtomicLong(System.nanoTime());
    private volatile long usedAtNanos = System.nanoTime();

    /** @throws IllegalArgumentException if the endpoint is not {@code host:port} */
    OwnerChannel(String endpoint, PlayConfig config, BreakerConfig breakerConfig, MeterRegistry registry) {
        int colon = endpoint.lastIndexOf(':');
        if (colon < 1) throw new IllegalArgumentException("Not host:port: '" + endpoint + "'");
        int port = Integer.parseInt(endpoint.substring(colon + 1));
        var headers = new Metadata();
        headers.put(CREDENTIAL, config.serviceCredential());
        this.channel = NettyChannelBuilder.forAddress(endpoint.substring(0, colon), port)
                .usePlaintext()
                .directExecutor()
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_ANSWER_SECONDS, TimeUnit.SECONDS)
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
        this.stub = MutinyRoomCommandsGrpc.newMutinyStub(channel);
        this.inFlightMax = config.inFlightMax();
        this.places = new Semaphore(inFlightMax);
        this.breaker = new OwnerBreaker(endpoint, breakerConfig, places::release);
        this.meters = new OwnerMeters(endpoint, breaker, registry);
    }

    /** One try; fails with a {@code TryFailed}, the owner's refusal, or OVERLOADED if there is no place for it. */
    Uni<RoomCommandReply> execute(RoomCommandRequest request, Duration answerMax) {
        return Uni.createFrom().deferred(() -> {
            if (!places.tryAcquire()) {
                meters.shed();
                return Uni.createFrom().failure(OwnerChannels.overloaded("Too many calls to this owner"));
            }
            long begunAtNanos = System.nanoTime();
            return breaker.call(() -> sent(request, answerMax))
                    .onFailure()
                    .transform(OwnerAnswers::classify)
                    .onItemOrFailure()
                    .invoke((reply, failure) -> meters.tried(System.nanoTime() - begunAtNanos, failure));
        });
    }

    /** Its place is free when the owner has answered, or can't any more: not when somebody stops waiting for it. */
    private Uni<RoomCommandReply> sent(RoomCommandRequest request, Duration answerMax) {
        return at(answerMax).execute(request).onTermination().invoke((reply, failure, cancelled) -> {
            places.release();
            reconnectFrom(failure);
        });
    }

    /** One try, which takes no place, and is not held back; fails like {@link #execute}. */
    Uni<KeepAliveReply> keepAlive(KeepAliveRequest request, Duration answerMax) {
        return at(answerMax)
                .keepAlive(request)
                .onFailure()
                .invoke(this::reconnectFrom)
                .onFailure()
                .transform(OwnerAnswers::classify);
    }

    private MutinyRoomCommandsGrpc.MutinyRoomCommandsStub at(Duration deadline) {
        usedAtNanos = System.nanoTime();
        return stub.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether calls to the owner are held back. */
    boolean isAway() {
        return breaker.isOpen();
    }

    int inFlight() {
        return inFlightMax - places.availablePermits();
    }

    boolean isIdleFor(Duration time) {
        return inFlight() == 0 && System.nanoTime() - usedAtNanos > time.toNanos();
    }

    void close() {
        channel.shutdown();
        meters.close();
    }

    /** gRPC would wait longer and longer before it tries an address again, up to minutes. */
    private void reconnectFrom(Throwable failure) {
        if (!OwnerAnswers.isUnreachable(failure)) return;
        long last = reconnectedAtNanos.get();
        long now = System.nanoTime();
        if (now - last > RECONNECT_NANOS && reconnectedAtNanos.compareAndSet(last, now)) {
            channel.resetConnectBackoff();
        }
    }
}

package io.gamehall.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Refusal;
import io.gamehall.v1.KeepAliveReply;
import io.gamehall.v1.KeepAliveRequest;
import io.gamehall.v1.Present;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.RoomCommandsGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerStreamTracer;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A process that owns partitions: it answers as the test wants, and remembers what it was asked. */
public final class OwnerPeer implements AutoCloseable {
    private static final Metadata.Key<String> CREDENTIAL =
            Metadata.Key.of("gamehall-credential", Metadata.ASCII_STRING_MARSHALLER);

    public final List<RoomCommandRequest> asked = new CopyOnWriteArrayList<>();
    public final List<KeepAliveRequest> keepAlives = new CopyOnWriteArrayList<>();
    public volatile Set<Integer> notOwned = Set.of();
    public final List<String> credentials = new CopyOnWriteArrayList<>();
    private final Server server;
    private final String endpoint;

    /** @param decide throws a {@link Refusal} to refuse */
    public OwnerPeer(Function<RoomCommandRequest, RoomCommandReply> decide) {
        this(0, decide);
    }

    public OwnerPeer(int port, Function<RoomCommandRequest, RoomCommandReply> decide) {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                    .addService(new Commands(decide))
                    .addStreamTracerFactory(new Credentials())
                    .build()
                    .start();
            endpoint = "127.0.0.1:" + server.getPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String endpoint() {
        return endpoint;
    }

    /** The players for whom a keep-alive vouches, with their session generations. */
    public static Map<Long, Long> present(KeepAliveRequest request) {
        var players = new TreeMap<Long, Long>();
        for (var present : request.getPresentList()) {
            assertThat(present.getSessionGenerationsCount()).isEqualTo(present.getPlayerIdsCount());
            for (int i = 0; i < present.getPlayerIdsCount(); i++) {
                players.put(present.getPlayerIds(i), present.getSessionGenerations(i));
            }
        }
        return players;
    }

    /** How many keep-alives have vouched for a player. */
    public long vouchersOf(long player) {
        return keepAlives.stream()
                .filter(request -> present(request).containsKey(player))
                .count();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Commands extends RoomCommandsGrpc.RoomCommandsImplBase {
        private final Function<RoomCommandRequest, RoomCommandReply> decide;

        Commands(Function<RoomCommandRequest, RoomCommandReply> decide) {
            this.decide = decide;
        }

        @Override
        public void execute(RoomCommandRequest request, StreamObserver<RoomCommandReply> reply) {
            asked.add(request);
            try {
                reply.onNext(decide.apply(request));
                reply.onCompleted();
            } catch (Refusal refusal) {
                reply.onError(GrpcRefusals.of(refusal));
            }
        }

        @Override
        public void keepAlive(KeepAliveRequest request, StreamObserver<KeepAliveReply> reply) {
            keepAlives.add(request);
            var elsewhere = notOwned;
            reply.onNext(KeepAliveReply.newBuilder()
                    .addAllNotOwned(request.getPresentList().stream()
                            .map(Present::getPartition)
                            .filter(elsewhere::contains)
                            .toList())
                    .build());
            reply.onCompleted();
        }
    }

    /** Not an interceptor, which Quarkus would take for one of the service. */
    private final class Credentials extends ServerStreamTracer.Factory {
        @Override
        public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
            credentials.add(headers.get(CREDENTIAL));
            return new ServerStreamTracer() {};
        }
    }
}

package io.gamehall.gateway.directory.grpc;

import com.google.protobuf.Message;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.gateway.session.grpc.GrpcTickets;
import io.gamehall.platform.GrpcRefusals;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Opens watches for those whose session is live. On the event loop of the call, before its method returns. */
@Singleton
class OpenWatch {
    private final Watches watches;
    private final Sessions sessions;
    private final GrpcRefusals refusals;
    private final DirectoryConfig config;

    OpenWatch(Watches watches, Sessions sessions, GrpcRefusals refusals, DirectoryConfig config) {
        this.watches = watches;
        this.sessions = sessions;
        this.refusals = refusals;
        this.config = config;
    }

    /**
     * @param what says what is to be watched, or refuses; asked once the session is known to be live
     * @param begin run on the directory's thread, once the watch counts among those of its session
     */
    <K, M extends Message> void of(
            Watch.Kind kind, StreamObserver<M> reply, Supplier<K> what, BiConsumer<K, Watch<M>> begin) {
        var ticket = GrpcTickets.current();
        var watch = new Watch<>(kind, ticket, (ServerCallStreamObserver<M>) reply, config, watches);
        sessions.requireLive(ticket)
                .map(live -> what.get())
                .subscribe()
                .with(
                        known -> watches.add(watch, () -> begin.accept(known, watch)),
                        failure -> watch.fail((StatusRuntimeException) refusals.transform(failure)));
    }
}

package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.RoomPage;
import io.gamehall.gateway.outbound.grpc.BoundedStream;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.gateway.session.grpc.GrpcTickets;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.ListRoomsReply;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.WatchRoomsRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** {@code DirectoryService} on the wire. Not of Mutiny's kind, which does not tell how fast a client reads. */
@GrpcService
@RegisterInterceptor(GrpcTickets.class)
class DirectoryGrpcService extends DirectoryServiceGrpc.DirectoryServiceImplBase {
    private final Directory directory;
    private final RoomWatchers watchers;
    private final Sessions sessions;
    private final GrpcRefusals refusals;
    private final int watcherQueueMax;

    DirectoryGrpcService(
            Directory directory,
            RoomWatchers watchers,
            Sessions sessions,
            GrpcRefusals refusals,
            DirectoryConfig config) {
        this.directory = directory;
        this.watchers = watchers;
        this.sessions = sessions;
        this.refusals = refusals;
        this.watcherQueueMax = config.watcherQueueMax();
    }

    @Override
    public void listRooms(ListRoomsRequest request, StreamObserver<ListRoomsReply> reply) {
        sessions.requireLive(GrpcTickets.current())
                .map(live -> page(request))
                .subscribe()
                .with(
                        page -> {
                            reply.onNext(page);
                            reply.onCompleted();
                        },
                        failure -> reply.onError(refusals.transform(failure)));
    }

    @Override
    public void watchRooms(WatchRoomsRequest request, StreamObserver<RoomsUpdate> reply) {
        var ticket = GrpcTickets.current();
        var watcher = watcher(ticket, request.getGame(), (ServerCallStreamObserver<RoomsUpdate>) reply);
        sessions.requireLive(ticket)
                .invoke(live -> directory.requireGame(request.getGame()))
                .subscribe()
                .with(
                        live -> watchers.add(watcher),
                        failure -> watcher.stream.fail((StatusRuntimeException) refusals.transform(failure)));
    }

    private RoomWatchers.Watcher watcher(Ticket ticket, String game, ServerCallStreamObserver<RoomsUpdate> call) {
        var self = new AtomicReference<RoomWatchers.Watcher>();
        var stream = new BoundedStream<RoomsUpdate, RoomsUpdate>(
                call, watcherQueueMax, Function.identity(), () -> watchers.gone(self.get()));
        self.set(new RoomWatchers.Watcher(ticket, game, stream));
        return self.get();
    }

    private ListRoomsReply page(ListRoomsRequest request) {
        int size = request.getPageSize() == 0 ? RoomPage.SIZE_DEFAULT : request.getPageSize();
        var page = directory.page(request.getGame(), after(request.getPageToken()), size);
        var reply = ListRoomsReply.newBuilder().setVersion(page.version());
        for (var room : page.rooms()) reply.addRooms(RoomMessages.summary(room));
        if (page.hasMore()) reply.setNextPageToken(page.rooms().getLast().id().value());
        return reply.build();
    }

    private static Optional<RoomId> after(String token) {
        try {
            return token.isEmpty() ? Optional.empty() : Optional.of(new RoomId(token));
        } catch (IllegalArgumentException invalid) {
            throw new Refusal(Reason.PAGE_INVALID, "Not a page token");
        }
    }
}

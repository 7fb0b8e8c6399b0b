package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.RoomOrder;
import io.gamehall.gateway.directory.RoomPage;
import io.gamehall.gateway.directory.RoomPages;
import io.gamehall.gateway.directory.RoomQuery;
import io.gamehall.gateway.outbound.grpc.PacedStream;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.gateway.session.grpc.GrpcTickets;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.room.domain.PlayerId;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** {@code DirectoryService} on the wire. Not of Mutiny's kind, which does not tell how fast a client reads. */
@GrpcService
@RegisterInterceptor(GrpcTickets.class)
class DirectoryGrpcService extends DirectoryServiceGrpc.DirectoryServiceImplBase {
    private final Directory directory;
    private final RoomPages pages;
    private final RoomWatchers watchers;
    private final Sessions sessions;
    private final GrpcRefusals refusals;
    private final DirectoryConfig config;

    DirectoryGrpcService(
            Directory directory,
            RoomPages pages,
            RoomWatchers watchers,
            Sessions sessions,
            GrpcRefusals refusals,
            DirectoryConfig config) {
        this.directory = directory;
        this.pages = pages;
        this.watchers = watchers;
        this.sessions = sessions;
        this.refusals = refusals;
        this.config = config;
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
                .with(live -> watchers.add(watcher), failure -> watcher.stream()
                        .fail((StatusRuntimeException) refusals.transform(failure)));
    }

    private RoomWatchers.Watcher watcher(Ticket ticket, String game, ServerCallStreamObserver<RoomsUpdate> call) {
        var self = new AtomicReference<RoomWatchers.Watcher>();
        var stream = new PacedStream<>(
                call, () -> self.get().reader().next().map(EncodedRooms::asMessage), () -> watchers.gone(self.get()));
        var carrier = new RoomsReader.Carrier() {
            @Override
            public boolean isOpen() {
                return stream.isOpen();
            }

            @Override
            public void wake() {
                stream.wake();
            }

            @Override
            public void cutOff() {
                watchers.cutOff(self.get());
            }
        };
        self.set(new RoomWatchers.Watcher(ticket, new RoomsReader(game, config, carrier), stream));
        return self.get();
    }

    private ListRoomsReply page(ListRoomsRequest request) {
        var page = pages.page(query(request)).page();
        var reply = ListRoomsReply.newBuilder().setVersion(page.version()).setNextPageToken(page.next());
        for (var room : page.rooms()) reply.addRooms(RoomMessages.summary(room));
        return reply.build();
    }

    private static RoomQuery query(ListRoomsRequest request) {
        var order =
                switch (request.getOrder()) {
                    case ROOM_ORDER_UNSPECIFIED -> RoomOrder.BY_ID;
                    case FULLEST_FIRST -> RoomOrder.FULLEST_FIRST;
                    case EMPTIEST_FIRST -> RoomOrder.EMPTIEST_FIRST;
                    case UNRECOGNIZED -> throw new Refusal(Reason.PAGE_INVALID, "There is no such order");
                };
        return new RoomQuery(
                request.getGame(),
                request.getHasSpace(),
                players(request),
                order,
                order.after(request.getPageToken()),
                request.getPageSize() == 0 ? RoomPage.SIZE_DEFAULT : request.getPageSize());
    }

    private static Set<PlayerId> players(ListRoomsRequest request) {
        // Before anything is made of them; a message may hold thousands.
        if (request.getWithPlayersCount() > RoomQuery.PLAYERS_MAX) {
            throw new Refusal(Reason.PAGE_INVALID, "At most " + RoomQuery.PLAYERS_MAX + " players");
        }
        try {
            return request.getWithPlayersList().stream().map(PlayerId::new).collect(Collectors.toSet());
        } catch (IllegalArgumentException invalid) {
            throw new Refusal(Reason.PAGE_INVALID, "There is no player 0");
        }
    }
}

package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.RoomOrder;
import io.gamehall.gateway.directory.RoomPage;
import io.gamehall.gateway.directory.RoomPages;
import io.gamehall.gateway.directory.RoomQuery;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.gateway.session.grpc.GrpcTickets;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.ListRoomsReply;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.TablesUpdate;
import io.gamehall.v1.WatchRoomsRequest;
import io.gamehall.v1.WatchTablesRequest;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code DirectoryService} on the wire. Not of Mutiny's kind, which does not tell how fast a client reads. */
@GrpcService
@RegisterInterceptor(GrpcTickets.class)
class DirectoryGrpcService extends DirectoryServiceGrpc.DirectoryServiceImplBase {
    private final Directory directory;
    private final RoomPages pages;
    private final OpenWatch watch;
    private final RoomsFanOut rooms;
    private final TableWatches tables;
    private final Sessions sessions;
    private final GrpcRefusals refusals;

    DirectoryGrpcService(
            Directory directory,
            RoomPages pages,
            OpenWatch watch,
            RoomsFanOut rooms,
            TableWatches tables,
            Sessions sessions,
            GrpcRefusals refusals) {
        this.directory = directory;
        this.pages = pages;
        this.watch = watch;
        this.rooms = rooms;
        this.tables = tables;
        this.sessions = sessions;
        this.refusals = refusals;
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
        watch.of(Watch.Kind.ROOMS, reply, () -> game(request), (game, opened) -> rooms.add(game, opened.reader()));
    }

    @Override
    public void watchTables(WatchTablesRequest request, StreamObserver<TablesUpdate> reply) {
        watch.of(Watch.Kind.TABLES, reply, () -> room(request), tables::add);
    }

    private String game(WatchRoomsRequest request) {
        directory.requireGame(request.getGame());
        return request.getGame();
    }

    private RoomId room(WatchTablesRequest request) {
        var id = parse(request.getRoomId());
        directory.requireCaughtUp();
        if (directory.room(id).isEmpty()) throw new Refusal(Reason.ROOM_NOT_FOUND, "There is no room " + id);
        return id;
    }

    private static RoomId parse(String room) {
        try {
            return new RoomId(room);
        } catch (IllegalArgumentException invalid) {
            throw new Refusal(Reason.REQUEST_INVALID, "room_id: 1-48 characters of a-z, 0-9 and -");
        }
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

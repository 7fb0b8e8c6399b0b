package io.gamehall.gateway.events.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.gamehall.gateway.directory.grpc.RoomsFanOut;
import io.gamehall.gateway.directory.grpc.UpdateReader;
import io.gamehall.gateway.events.Numbered;
import io.gamehall.gateway.events.Outlet;
import io.gamehall.gateway.events.PlayerEvent;
import io.gamehall.gateway.events.PlayerStream;
import io.gamehall.gateway.events.PlayerStreams;
import io.gamehall.gateway.events.Resume;
import io.gamehall.gateway.outbound.grpc.PacedStream;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.gateway.session.grpc.GrpcTickets;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Ticket;
import io.gamehall.v1.Event;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import java.util.Optional;

/** {@code EventService} on the wire. */
@GrpcService
@RegisterInterceptor(GrpcTickets.class)
class EventGrpcService extends EventServiceGrpc.EventServiceImplBase {
    private final PlayerStreams streams;
    private final Directory directory;
    private final RoomsFanOut fanOut;
    private final Sessions sessions;
    private final GrpcRefusals refusals;
    private final DirectoryConfig config;

    EventGrpcService(
            PlayerStreams streams,
            Directory directory,
            RoomsFanOut fanOut,
            Sessions sessions,
            GrpcRefusals refusals,
            DirectoryConfig config) {
        this.streams = streams;
        this.directory = directory;
        this.fanOut = fanOut;
        this.sessions = sessions;
        this.refusals = refusals;
        this.config = config;
    }

    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<Event> reply) {
        var ticket = GrpcTickets.current();
        var client = new Client(ticket, request, (ServerCallStreamObserver<Event>) reply);
        sessions.requireLive(ticket)
                .invoke(live -> requireGame(request))
                .subscribe()
                .with(
                        live -> client.open(),
                        failure -> client.stream.fail((StatusRuntimeException) refusals.transform(failure)));
    }

    private void requireGame(SubscribeRequest request) {
        if (request.getWithRooms()) directory.requireGame(request.getRoomsGame());
        else directory.requireCaughtUp();
    }

    private final class Client implements Outlet, UpdateReader.Carrier, PacedStream.Source<Event> {
        private final PacedStream<Event> stream;
        private final PlayerStream player;
        private final String game;
        private final Optional<UpdateReader<RoomsUpdate>> rooms;
        /** Of the last event written. */
        private long sequence;

        Client(Ticket ticket, SubscribeRequest request, ServerCallStreamObserver<Event> call) {
            player = new PlayerStream(ticket, new Resume(request.getStreamId(), request.getLastSequence()), this);
            stream = new PacedStream<>(call, this, () -> streams.gone(player));
            game = request.getRoomsGame();
            rooms = request.getWithRooms() ? Optional.of(new UpdateReader<>(config, this)) : Optional.empty();
        }

        void open() {
            streams.open(player);
            // After the welcome, for the same thread does both.
            rooms.ifPresent(reader -> fanOut.add(game, reader));
        }

        @Override
        public Optional<Event> next() {
            var event = streams.next(player);
            if (event.isPresent()) {
                sequence = event.get().sequence();
                return Optional.of(EventMessages.of(event.get()));
            }
            return rooms.flatMap(UpdateReader::next).map(update -> EventMessages.rooms(sequence, update));
        }

        @Override
        public void wake() {
            stream.wake();
        }

        @Override
        public boolean isOpen() {
            return stream.isOpen();
        }

        @Override
        public void cutOff() {
            streams.cutOff(player);
        }

        @Override
        public boolean end(PlayerEvent.StreamEnded last) {
            return stream.end(Optional.of(() -> EventMessages.of(new Numbered(sequence, last))));
        }
    }
}

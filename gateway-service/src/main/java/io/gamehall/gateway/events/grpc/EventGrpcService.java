package io.gamehall.gateway.events.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.events.EventsConfig;
import io.gamehall.gateway.events.Outlet;
import io.gamehall.gateway.events.PlayerEvent;
import io.gamehall.gateway.events.PlayerStream;
import io.gamehall.gateway.events.PlayerStreams;
import io.gamehall.gateway.outbound.grpc.BoundedStream;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.gateway.session.grpc.GrpcTickets;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Ticket;
import io.gamehall.v1.Event;
import io.gamehall.v1.EventServiceGrpc;
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
    private final Sessions sessions;
    private final GrpcRefusals refusals;
    private final int queueMax;

    EventGrpcService(
            PlayerStreams streams, Directory directory, Sessions sessions, GrpcRefusals refusals, EventsConfig config) {
        this.streams = streams;
        this.directory = directory;
        this.sessions = sessions;
        this.refusals = refusals;
        this.queueMax = config.queueMax();
    }

    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<Event> reply) {
        var ticket = GrpcTickets.current();
        var client = new Client(ticket, (ServerCallStreamObserver<Event>) reply);
        sessions.requireLive(ticket)
                .invoke(live -> directory.requireCaughtUp())
                .subscribe()
                .with(
                        live -> streams.open(client.player),
                        failure -> client.stream.fail((StatusRuntimeException) refusals.transform(failure)));
    }

    private final class Client implements Outlet {
        private final BoundedStream<PlayerEvent, Event> stream;
        private final PlayerStream player;

        Client(Ticket ticket, ServerCallStreamObserver<Event> call) {
            player = new PlayerStream(ticket, this);
            stream = new BoundedStream<>(call, queueMax, new EventMessages()::next, () -> streams.gone(player));
        }

        @Override
        public boolean offer(PlayerEvent event) {
            return stream.offer(event);
        }

        @Override
        public boolean isOpen() {
            return stream.isOpen();
        }

        @Override
        public boolean end(PlayerEvent.StreamEnded last) {
            return stream.end(Optional.of(last));
        }
    }
}

package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.gamehall.v1.AutoEnterRequest;
import io.gamehall.v1.ChatLine;
import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRequest;
import io.gamehall.v1.Event;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.PlayServiceGrpc;
import io.gamehall.v1.QuickJoinRequest;
import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.WatchRoomsRequest;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a real gRPC server: what it understands, and answers, is gRPC. */
class LinesTest {
    private static final int STREAMS_MAX = 10;
    private static final String LONG_TOKEN = "t".repeat(900);

    private final Lines lines = new Lines(2);
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
    private final Set<String> addresses = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<StreamObserver<Event>> events = new LinkedBlockingQueue<>();
    private Server server;

    @AfterEach
    void stop() {
        lines.close();
        if (server != null) server.shutdownNow();
    }

    @Test
    void a_reply_is_read_and_the_caller_is_known_by_the_token() throws Exception {
        start(0);
        var answer = enter(player(1, "upgrade-001"));

        assertThat(answer).isEqualTo(new Answer.Given<>(reply("upgrade-001", 7)));
        assertThat(authorizations).containsExactly("Bearer " + LONG_TOKEN);
    }

    @Test
    void a_refusal_carries_its_reason_and_particulars() throws Exception {
        start(0);
        var answer = enter(player(1, "full"));

        assertThat(answer).isInstanceOfSatisfying(Answer.Not.class, not -> {
            assertThat(not.why().reason()).isEqualTo("ROOM_FULL");
            assertThat(not.why().particulars()).containsEntry("members", "400");
        });
    }

    @Test
    void a_failure_without_details_is_known_by_its_status() throws Exception {
        start(0);

        assertThat(((Answer.Not<EnterReply>) enter(player(1, "broken"))).why().reason())
                .isEqualTo("INTERNAL");
    }

    @Test
    void a_large_reply_comes_in_many_frames() throws Exception {
        start(0);
        var answer = (Answer.Given<EnterReply>) enter(player(1, "large"));

        assertThat(answer.reply().getRoomId()).hasSize(200_000);
    }

    @Test
    void far_more_calls_than_the_server_allows_at_once_are_all_answered_and_none_is_mixed_up() throws Exception {
        start(0);
        var calls = calls();
        var answers = IntStream.range(0, 5_000)
                .mapToObj(number -> {
                    var answered = new CompletableFuture<Answer<EnterReply>>();
                    calls.enter(player(number, "room-" + number), "", answered::complete);
                    return answered;
                })
                .toList();

        for (int number = 0; number < answers.size(); number++) {
            assertThat(answers.get(number).get(20, TimeUnit.SECONDS))
                    .isEqualTo(new Answer.Given<>(reply("room-" + number, 7)));
        }
    }

    @Test
    void where_nobody_listens_the_call_fails_and_works_once_somebody_does() throws Exception {
        start(0);
        int port = server.getPort();
        assertThat(enter(player(1, "upgrade-001"))).isInstanceOf(Answer.Given.class);

        server.shutdownNow().awaitTermination();
        var refused = (Answer.Not<EnterReply>) enterAt(port, player(1, "upgrade-001"));
        assertThat(refused.why().isPassing()).isTrue();

        start(port);
        assertThat(enter(player(1, "upgrade-001"))).isInstanceOf(Answer.Given.class);
    }

    @Test
    void calls_that_were_on_their_way_fail_when_the_connection_breaks() throws Exception {
        start(0);
        var answered = new CompletableFuture<Answer<Void>>();
        calls().quickJoin(player(1, "never-answered"), "", answered::complete);
        assertThat(enter(player(1, "upgrade-001"))).isInstanceOf(Answer.Given.class);
        server.shutdownNow();

        assertThat(answered.get(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(Answer.Not.class, not -> assertThat(
                        not.why().isPassing())
                .isTrue());
    }

    @Test
    void a_server_stream_tells_each_message_as_it_comes_and_then_its_end() throws Exception {
        start(0);
        var heard = new LinkedBlockingQueue<Event>();
        var ended = new CompletableFuture<Answer<Event>>();
        streams().events(player(1, ""), heard::add, ended::complete);

        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(event(1, "first"));
        assertThat(ended).isNotDone();
        events.take().onNext(event(2, "y".repeat(100_000)));
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(event(2, "y".repeat(100_000)));

        events.take().onCompleted();
        assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(new Answer.Given<Event>(null));
        assertThat(heard).isEmpty();
    }

    @Test
    void a_stream_that_breaks_is_told_why() throws Exception {
        start(0);
        var heard = new LinkedBlockingQueue<Event>();
        var ended = new CompletableFuture<Answer<Event>>();
        streams().events(player(1, ""), heard::add, ended::complete);
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isNotNull();
        server.shutdownNow();

        assertThat(ended.get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Answer.Not.class, not -> assertThat(not.why().reason()).isEqualTo("UNAVAILABLE"));
    }

    @Test
    void equal_updates_to_many_watchers_are_all_told() throws Exception {
        start(0);
        var heard = new LinkedBlockingQueue<RoomsUpdate>();
        for (int number = 0; number < 20; number++) {
            streams().rooms(player(number, ""), "upgrade", heard::add, end -> {});
        }

        for (int number = 0; number < 20; number++) {
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(update());
        }
    }

    @Test
    void connections_come_from_the_addresses_that_they_are_given() throws Exception {
        assumeTrue(Sources.loopback(1).of(0) != null, "Only Linux answers to all of 127.0.0.0/8");
        start(0);
        try (var spread = new Lines(3, Sources.loopback(1))) {
            var heard = new LinkedBlockingQueue<Event>();
            var streams = new GatewayStreams(spread, "127.0.0.1:" + server.getPort());
            for (int number = 0; number < 3; number++) streams.events(player(number, ""), heard::add, end -> {});
            for (int number = 0; number < 3; number++)
                assertThat(heard.poll(20, TimeUnit.SECONDS)).isNotNull();
        }

        assertThat(addresses).containsExactlyInAnyOrder("127.1.0.1", "127.1.0.2", "127.1.0.3");
    }

    private GatewayStreams streams() {
        return new GatewayStreams(lines, "127.0.0.1:" + server.getPort());
    }

    private static Event event(long sequence, String text) {
        return Event.newBuilder()
                .setSequence(sequence)
                .setChat(ChatLine.newBuilder().setText(text))
                .build();
    }

    private static RoomsUpdate update() {
        return RoomsUpdate.newBuilder()
                .setVersion(7)
                .addRooms(RoomSummary.newBuilder().setRoomId("upgrade-001").setSeated(3))
                .build();
    }

    private void start(int port) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .maxConcurrentCallsPerConnection(STREAMS_MAX)
                .addService(new Play())
                .addService(new Events())
                .addService(new Rooms())
                .intercept(new Authorizations())
                .build()
                .start();
    }

    private GatewayCalls calls() {
        return new GatewayCalls(lines, List.of("127.0.0.1:" + server.getPort()));
    }

    private Answer<EnterReply> enter(Player player) throws Exception {
        return enterAt(server.getPort(), player);
    }

    private Answer<EnterReply> enterAt(int port, Player player) throws Exception {
        var answered = new CompletableFuture<Answer<EnterReply>>();
        new GatewayCalls(lines, List.of("127.0.0.1:" + port)).enter(player, "", answered::complete);
        return answered.get(20, TimeUnit.SECONDS);
    }

    private static Player player(int number, String room) {
        return new Player(number + 1, number, room, LONG_TOKEN);
    }

    private static EnterReply reply(String room, int members) {
        return EnterReply.newBuilder().setRoomId(room).setMembers(members).build();
    }

    private static final class Play extends PlayServiceGrpc.PlayServiceImplBase {
        @Override
        public void enter(EnterRequest request, StreamObserver<EnterReply> reply) {
            switch (request.getRoomId()) {
                case "full" -> reply.onError(full());
                case "broken" ->
                    reply.onError(Status.INTERNAL.withDescription("a bug").asRuntimeException());
                case "large" -> answer(reply, "x".repeat(200_000));
                default -> answer(reply, request.getRoomId());
            }
        }

        @Override
        public void autoEnter(AutoEnterRequest request, StreamObserver<EnterReply> reply) {
            answer(reply, request.getGame());
        }

        @Override
        public void quickJoin(QuickJoinRequest request, StreamObserver<SeatReply> reply) {
            // Never answered.
        }

        private static void answer(StreamObserver<EnterReply> reply, String room) {
            reply.onNext(reply(room, 7));
            reply.onCompleted();
        }

        private static Exception full() {
            return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                    .setCode(Status.Code.FAILED_PRECONDITION.value())
                    .addDetails(Any.pack(ErrorInfo.newBuilder()
                            .setReason("ROOM_FULL")
                            .putMetadata("members", "400")
                            .build()))
                    .build());
        }
    }

    private final class Events extends EventServiceGrpc.EventServiceImplBase {
        @Override
        public void subscribe(SubscribeRequest request, StreamObserver<Event> stream) {
            stream.onNext(event(1, "first"));
            events.add(stream);
            events.add(stream);
        }
    }

    private static final class Rooms extends DirectoryServiceGrpc.DirectoryServiceImplBase {
        @Override
        public void watchRooms(WatchRoomsRequest request, StreamObserver<RoomsUpdate> stream) {
            stream.onNext(update());
        }
    }

    private final class Authorizations implements ServerInterceptor {
        private static final Metadata.Key<String> KEY =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            authorizations.add(headers.get(KEY));
            var from = (InetSocketAddress) call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            addresses.add(from.getAddress().getHostAddress());
            return next.startCall(call, headers);
        }
    }
}

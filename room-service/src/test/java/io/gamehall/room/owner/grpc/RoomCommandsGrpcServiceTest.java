package io.gamehall.room.owner.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gamehall.platform.Reason;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.room.owner.Partitions;
import io.gamehall.v1.AutoEnterRoom;
import io.gamehall.v1.EnterRoom;
import io.gamehall.v1.GameResult;
import io.gamehall.v1.GetReady;
import io.gamehall.v1.LeaveRoom;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.QuickJoinTable;
import io.gamehall.v1.ReportResultReply.Standing;
import io.gamehall.v1.ReportRound;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.RoomCommandsGrpc;
import io.gamehall.v1.StandUp;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class RoomCommandsGrpcServiceTest {
    private static final AtomicLong PLAYERS = new AtomicLong(1_000);
    private static final Metadata.Key<String> CREDENTIAL =
            Metadata.Key.of("gamehall-credential", Metadata.ASCII_STRING_MARSHALLER);

    @Inject
    Partitions partitions;

    @ConfigProperty(name = "gamehall.service-credential")
    String credential;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @ConfigProperty(name = "gamehall.cell.name")
    String cell;

    private ManagedChannel channel;
    private RoomCommandsGrpc.RoomCommandsBlockingStub owner;

    @BeforeEach
    void connect() {
        channel = PatientChannel.to(port);
        owner = withCredential(credential);
        await().atMost(Duration.ofSeconds(30)).until(() -> partitions.owned().size() == 32);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void a_round_is_played_from_entering_to_the_published_result() {
        var room = "upgrade-007";
        var players = List.of(newPlayer(), newPlayer(), newPlayer(), newPlayer());
        for (long player : players) {
            assertThat(enter(player, room).getEntered().getCapacity()).isEqualTo(400);
            assertThat(quickJoin(player, room).getSeated().getTable()).isZero();
        }
        for (long player : players.subList(0, 3)) {
            assertThat(ready(player, room).getReady().getRoundStarted()).isFalse();
        }
        var started = ready(players.get(3), room).getReady();
        assertThat(started.getRoundStarted()).isTrue();

        var standings = new ArrayList<Standing>();
        for (long player : players) standings.add(report(player, room, started.getRound(), players));

        assertThat(standings).containsExactly(Standing.COUNTED, Standing.COUNTED, Standing.SETTLED, Standing.SETTLED);
        var results = resultsOf(players);
        assertThat(results).hasSize(4).allSatisfy(result -> assertThat(result.getGame())
                .isEqualTo("upgrade"));
        assertThat(results).extracting(GameResult::getScore).containsExactlyInAnyOrder(30, -10, -10, -10);
        assertThat(results)
                .filteredOn(result -> result.getPlayerId() == players.getFirst())
                .allSatisfy(winner -> assertThat(winner.getOutcome()).isEqualTo(GameResult.Outcome.WON));
    }

    @Test
    void auto_enter_lets_into_a_room_of_the_partition() {
        var known = enter(newPlayer(), "mahjong-003").getEntered().getRoomId();
        int partition = io.gamehall.room.journal.JournalPartitions.of(new io.gamehall.room.domain.RoomId(known), 32);

        var entered = owner.execute(command(newPlayer())
                        .setAutoEnter(
                                AutoEnterRoom.newBuilder().setGame("mahjong").setPartition(partition))
                        .build())
                .getEntered();

        assertThat(entered.getRoomId()).startsWith("mahjong-");
        assertThat(entered.getMembers()).isGreaterThan(1);
    }

    @Test
    void stand_and_leave_give_seat_and_place_back() {
        long player = newPlayer();
        enter(player, "doudizhu-011");
        quickJoin(player, "doudizhu-011");

        assertThat(owner.execute(command(player)
                                .setStand(StandUp.newBuilder().setRoomId("doudizhu-011"))
                                .build())
                        .hasStood())
                .isTrue();
        assertThat(owner.execute(command(player)
                                .setLeave(LeaveRoom.newBuilder().setRoomId("doudizhu-011"))
                                .build())
                        .hasLeft())
                .isTrue();
        assertRefused(
                Reason.NOT_IN_ROOM,
                command(player).setStand(StandUp.newBuilder().setRoomId("doudizhu-011")));
    }

    @Test
    void a_repeated_request_gets_the_first_answer() {
        long player = newPlayer();
        enter(player, "upgrade-021");
        var join = command(player)
                .setRequestId("once")
                .setQuickJoin(QuickJoinTable.newBuilder().setRoomId("upgrade-021"))
                .build();

        assertThat(owner.execute(join)).isEqualTo(owner.execute(join));
    }

    @Test
    void a_command_whose_caller_has_given_up_is_not_decided() {
        long player = newPlayer();
        var late = command(player)
                .setNotAfterMs(System.currentTimeMillis() - 1)
                .setEnter(EnterRoom.newBuilder().setRoomId("upgrade-022"))
                .build();
        var impatient = NettyChannelBuilder.forAddress("localhost", port)
                .usePlaintext()
                .disableRetry()
                .build();
        try {
            var once = withCredential(impatient, credential);
            // An owner that is out of touch with its journal for a moment says so first.
            await().untilAsserted(() -> assertThatThrownBy(() -> once.execute(late))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("its caller has given up"));
        } finally {
            impatient.shutdownNow();
        }

        assertRefused(
                Reason.NOT_IN_ROOM,
                command(player)
                        .setNotAfterMs(System.currentTimeMillis() + 60_000)
                        .setQuickJoin(QuickJoinTable.newBuilder().setRoomId("upgrade-022")));
    }

    @Test
    void refusals_carry_their_reason() {
        long player = newPlayer();

        assertRefused(
                Reason.ROOM_NOT_FOUND,
                command(player).setEnter(EnterRoom.newBuilder().setRoomId("upgrade-999")));
        assertRefused(
                Reason.REQUEST_INVALID,
                command(player).setEnter(EnterRoom.newBuilder().setRoomId("No such room!")));
        assertRefused(Reason.REQUEST_INVALID, command(player));
        assertRefused(
                Reason.REQUEST_INVALID,
                command(0).setEnter(EnterRoom.newBuilder().setRoomId("upgrade-001")));
        assertRefused(
                Reason.REQUEST_INVALID,
                command(player)
                        .setRequestId("x".repeat(65))
                        .setEnter(EnterRoom.newBuilder().setRoomId("upgrade-001")));
        assertRefused(
                Reason.REQUEST_INVALID,
                command(player)
                        .setAutoEnter(
                                AutoEnterRoom.newBuilder().setGame("upgrade").setPartition(32)));
        assertRefused(
                Reason.GAME_FULL,
                command(player)
                        .setAutoEnter(
                                AutoEnterRoom.newBuilder().setGame("chess").setPartition(0)));
        assertRefused(
                Reason.REQUEST_INVALID,
                command(player)
                        .setReport(ReportRound.newBuilder()
                                .setRoomId("upgrade-001")
                                .addScores(
                                        PlayerScore.newBuilder().setPlayerId(1).setScore(1_000_001))));
    }

    @Test
    void without_the_service_credential_nobody_gets_in() {
        var enter = command(newPlayer())
                .setEnter(EnterRoom.newBuilder().setRoomId("upgrade-001"))
                .build();

        assertReason(Reason.CREDENTIAL_INVALID, () -> RoomCommandsGrpc.newBlockingStub(channel)
                .execute(enter));
        assertReason(Reason.CREDENTIAL_INVALID, () -> withCredential("guess").execute(enter));
    }

    @Test
    void bytes_that_are_no_message_are_answered_with_a_status() {
        var bytes = new io.grpc.MethodDescriptor.Marshaller<byte[]>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                return new byte[0];
            }
        };
        var method = RoomCommandsGrpc.getExecuteMethod().toBuilder(bytes, bytes).build();

        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        owner.getChannel(),
                        method,
                        owner.getCallOptions().withDeadlineAfter(Duration.ofSeconds(5)),
                        new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff}))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> assertThat(
                                refused.getStatus().getCode())
                        .isNotIn(Status.Code.DEADLINE_EXCEEDED, Status.Code.OK));
    }

    /** One result for each fact: a round may be published more than once. */
    private Collection<GameResult> resultsOf(List<Long> players) {
        var found = new HashMap<String, GameResult>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var topic = cell + ".game-results";
            var all = consumer.partitionsFor(topic).stream()
                    .map(it -> new org.apache.kafka.common.TopicPartition(topic, it.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    var result = GameResult.parseFrom(record.value());
                    if (players.contains(result.getPlayerId())) found.put(result.getFactId(), result);
                }
                return found.size() >= players.size();
            });
        }
        return found.values();
    }

    private RoomCommandReply enter(long player, String room) {
        return owner.execute(
                command(player).setEnter(EnterRoom.newBuilder().setRoomId(room)).build());
    }

    private RoomCommandReply quickJoin(long player, String room) {
        return owner.execute(command(player)
                .setQuickJoin(QuickJoinTable.newBuilder().setRoomId(room))
                .build());
    }

    private RoomCommandReply ready(long player, String room) {
        return owner.execute(
                command(player).setReady(GetReady.newBuilder().setRoomId(room)).build());
    }

    private Standing report(long by, String room, long round, List<Long> players) {
        var report = ReportRound.newBuilder().setRoomId(room).setRound(round);
        for (long player : players) {
            report.addScores(
                    PlayerScore.newBuilder().setPlayerId(player).setScore(player == players.getFirst() ? 30 : -10));
        }
        return owner.execute(command(by).setReport(report).build())
                .getReported()
                .getStanding();
    }

    private void assertRefused(Reason reason, RoomCommandRequest.Builder command) {
        assertReason(reason, () -> owner.execute(command.build()));
    }

    private static void assertReason(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(reason.grpc());
            var details = StatusProto.fromThrowable(refused).getDetailsList();
            assertThat(details).anySatisfy(it -> assertThat(
                            it.unpack(com.google.rpc.ErrorInfo.class).getReason())
                    .isEqualTo(reason.name()));
        });
    }

    private RoomCommandsGrpc.RoomCommandsBlockingStub withCredential(String secret) {
        return withCredential(channel, secret);
    }

    private static RoomCommandsGrpc.RoomCommandsBlockingStub withCredential(ManagedChannel channel, String secret) {
        var metadata = new Metadata();
        metadata.put(CREDENTIAL, secret);
        return RoomCommandsGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .withDeadlineAfter(Duration.ofSeconds(30));
    }

    private static RoomCommandRequest.Builder command(long player) {
        return RoomCommandRequest.newBuilder().setPlayerId(player).setSessionGeneration(1);
    }

    private static long newPlayer() {
        return PLAYERS.incrementAndGet();
    }
}

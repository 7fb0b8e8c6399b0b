package io.gamehall.room.owner.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gamehall.platform.Reason;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.room.owner.Partitions;
import io.gamehall.v1.ChangeCapacityRequest;
import io.gamehall.v1.ChatLine;
import io.gamehall.v1.CloseRoomRequest;
import io.gamehall.v1.EnterRoom;
import io.gamehall.v1.KeepAliveRequest;
import io.gamehall.v1.ListPartitionsRequest;
import io.gamehall.v1.MovePartitionRequest;
import io.gamehall.v1.OpenRoomRequest;
import io.gamehall.v1.Present;
import io.gamehall.v1.RoomAdminGrpc;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.RoomCommandsGrpc;
import io.gamehall.v1.SayInRoom;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class RoomAdminGrpcServiceTest {
    private static final Duration EVENTUALLY = Duration.ofSeconds(30);
    private static final Metadata.Key<String> CREDENTIAL =
            Metadata.Key.of("gamehall-credential", Metadata.ASCII_STRING_MARSHALLER);

    @Inject
    Partitions partitions;

    @ConfigProperty(name = "gamehall.service-credential")
    String credential;

    @ConfigProperty(name = "gamehall.rooms.instance")
    String instance;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private ManagedChannel channel;
    private RoomAdminGrpc.RoomAdminBlockingStub admin;
    private RoomCommandsGrpc.RoomCommandsBlockingStub owner;

    @BeforeEach
    void connect() {
        channel = PatientChannel.to(port);
        var headers = new Metadata();
        headers.put(CREDENTIAL, credential);
        var attach = MetadataUtils.newAttachHeadersInterceptor(headers);
        admin = RoomAdminGrpc.newBlockingStub(channel).withInterceptors(attach).withDeadlineAfter(EVENTUALLY);
        owner = RoomCommandsGrpc.newBlockingStub(channel)
                .withInterceptors(attach)
                .withDeadlineAfter(EVENTUALLY);
        await().atMost(EVENTUALLY).until(() -> partitions.owned().size() == 32);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void without_the_service_credential_nobody_gets_in() {
        assertReason(Reason.CREDENTIAL_INVALID, () -> RoomAdminGrpc.newBlockingStub(channel)
                .listPartitions(ListPartitionsRequest.getDefaultInstance()));
        assertReason(Reason.CREDENTIAL_INVALID, () -> RoomCommandsGrpc.newBlockingStub(channel)
                .keepAlive(KeepAliveRequest.getDefaultInstance()));
    }

    @Test
    void a_room_is_opened_resized_closed_drained_and_opened_again() {
        var room = "extra-1";
        assertReason(Reason.ROOM_NOT_FOUND, () -> enter(1, room));

        open(room, "upgrade");
        assertThat(enter(1, room).getEntered().getCapacity()).isEqualTo(2);
        admin.changeCapacity(ChangeCapacityRequest.newBuilder()
                .setRoomId(room)
                .setCapacity(1)
                .build());
        assertParticulars(
                Reason.ROOM_FULL, Map.of("members", "1", "capacity", "1", "waiting", "0"), () -> enter(2, room));
        admin.closeRoom(CloseRoomRequest.newBuilder().setRoomId(room).build());

        assertReason(Reason.ROOM_CLOSED, () -> enter(2, room));
        await().atMost(EVENTUALLY).untilAsserted(() -> assertReason(Reason.ROOM_CLOSED, () -> enter(1, room)));
        assertReason(Reason.ROOM_EXISTS, () -> open(room, "mahjong-of-another-kind"));
        open(room, "upgrade");
        assertThat(enter(2, room).getEntered().getMembers()).isEqualTo(1);
    }

    @Test
    void who_finds_a_room_full_learns_where_there_is_space() {
        admin.openRoom(OpenRoomRequest.newBuilder()
                .setRoomId("tiny")
                .setGame("mahjong")
                .setCapacity(1)
                .build());
        enter(11, "tiny");

        await().atMost(EVENTUALLY)
                .untilAsserted(() -> assertThatThrownBy(() -> enter(12, "tiny")).satisfies(refused -> assertThat(
                                particulars(refused).get("alternatives").split(","))
                        .hasSize(3)
                        .allMatch(room -> room.startsWith("mahjong-"))));
    }

    @Test
    void what_is_said_is_numbered_and_handed_to_who_enters() {
        var room = "upgrade-011";
        enter(21, room);
        long first = say(21, room, "hello").getSaid().getSequence();
        assertThat(say(21, room, "anybody?").getSaid().getSequence()).isEqualTo(first + 1);

        assertThat(enter(22, room).getEntered().getRecentChatList())
                .extracting(ChatLine::getText)
                .containsExactly("hello", "anybody?");
        assertReason(Reason.NOT_IN_ROOM, () -> say(23, room, "hello"));
        assertReason(Reason.TEXT_INVALID, () -> say(21, room, "x".repeat(501)));
    }

    @Test
    void keep_alives_are_taken_for_partitions_that_are_owned_here() {
        var reply = owner.keepAlive(KeepAliveRequest.newBuilder()
                .addPresent(Present.newBuilder().setPartition(3).addPlayerIds(1).addSessionGenerations(1))
                .build());

        assertThat(reply.getNotOwnedList()).isEmpty();
    }

    @Test
    void the_partitions_are_listed_with_their_owner() {
        var reply = admin.listPartitions(ListPartitionsRequest.getDefaultInstance());

        assertThat(reply.getInstancesList()).containsExactly(instance);
        assertThat(reply.getPartitionsList())
                .hasSize(32)
                .allMatch(partition -> partition.getOwner().equals(instance) && partition.getTerm() > 0);
    }

    @Test
    void a_partition_moves_to_a_live_process_only() {
        assertReason(
                Reason.REQUEST_INVALID,
                () -> admin.movePartition(
                        MovePartitionRequest.newBuilder().setTo("nobody").build()));
    }

    private void open(String room, String game) {
        admin.openRoom(OpenRoomRequest.newBuilder()
                .setRoomId(room)
                .setGame(game)
                .setSeatsPerTable(4)
                .setCapacity(2)
                .build());
    }

    private RoomCommandReply enter(long player, String room) {
        return owner.execute(RoomCommandRequest.newBuilder()
                .setPlayerId(player)
                .setSessionGeneration(1)
                .setEnter(EnterRoom.newBuilder().setRoomId(room))
                .build());
    }

    private RoomCommandReply say(long player, String room, String text) {
        return owner.execute(RoomCommandRequest.newBuilder()
                .setPlayerId(player)
                .setSessionGeneration(1)
                .setSay(SayInRoom.newBuilder().setRoomId(room).setText(text))
                .build());
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(refused -> assertThat(info(refused).getReason()).isEqualTo(reason.name()));
    }

    private static void assertParticulars(Reason reason, Map<String, String> particulars, ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(refused -> {
            assertThat(info(refused).getReason()).isEqualTo(reason.name());
            assertThat(particulars(refused)).containsAllEntriesOf(particulars);
        });
    }

    private static Map<String, String> particulars(Throwable refused) {
        return info(refused).getMetadataMap();
    }

    private static com.google.rpc.ErrorInfo info(Throwable refused) {
        assertThat(refused).isInstanceOf(StatusRuntimeException.class);
        return StatusProto.fromThrowable(refused).getDetailsList().stream()
                .filter(it -> it.is(com.google.rpc.ErrorInfo.class))
                .map(it -> {
                    try {
                        return it.unpack(com.google.rpc.ErrorInfo.class);
                    } catch (com.google.protobuf.InvalidProtocolBufferException damaged) {
                        throw new AssertionError(damaged);
                    }
                })
                .findFirst()
                .orElseThrow();
    }
}

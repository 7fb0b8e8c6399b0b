package io.gamehall.hallctl.load;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.contracts.Topics;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.journal.JournalPartitions;
import io.gamehall.v1.AutoEnterRoom;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.EnterRoom;
import io.gamehall.v1.LeaveRoom;
import io.gamehall.v1.QuickJoinTable;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.RoomCommandsGrpc;
import io.gamehall.v1.StandUp;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * Straight to the owners of the rooms' partitions, as a gateway does: with the cell's service credential, to the address
 * that the journal named, and on to another one when an owner says who decides now.
 */
public final class OwnerCalls implements RoomCalls {
    private static final String PATH = "/" + RoomCommandsGrpc.getExecuteMethod().getFullMethodName();
    private static final String CREDENTIAL = "gamehall-credential";
    private static final long GENERATION = 1;

    private final Lines lines;
    private final Consumer<ByteBuf> credential;
    private final boolean learns;
    private final AtomicReferenceArray<String> owners = new AtomicReferenceArray<>(Topics.ROOM_PARTITIONS);
    private final ConcurrentHashMap<String, Integer> partitions = new ConcurrentHashMap<>();

    /** @throws IllegalStateException if a partition has no owner yet */
    public OwnerCalls(Lines lines, String credential, JournalView journal) {
        this.lines = lines;
        this.credential = headers -> Http2.header(headers, CREDENTIAL, credential);
        learns = true;
        for (int partition = 0; partition < Topics.ROOM_PARTITIONS; partition++) {
            int number = partition;
            owners.set(
                    partition,
                    journal.owner(partition)
                            .orElseThrow(() -> new IllegalStateException("Partition " + number + " has no owner")));
        }
    }

    /** All from one process, whatever it says: before it has claimed a partition it names the one that did before. */
    public OwnerCalls(Lines lines, String credential, String owner) {
        this.lines = lines;
        this.credential = headers -> Http2.header(headers, CREDENTIAL, credential);
        learns = false;
        for (int partition = 0; partition < Topics.ROOM_PARTITIONS; partition++) owners.set(partition, owner);
    }

    @Override
    public void enter(Player player, String requestId, Answer.Sink<EnterReply> done) {
        var request = request(player, requestId)
                .setEnter(EnterRoom.newBuilder().setRoomId(player.room()))
                .build();
        execute(player, partition(player.room()), request, done, OwnerCalls::entered);
    }

    /** Asks the partition of the player's room only: to look on in others is the gateway's part. */
    @Override
    public void autoEnter(Player player, String game, String requestId, Answer.Sink<EnterReply> done) {
        int partition = partition(player.room());
        var request = request(player, requestId)
                .setAutoEnter(AutoEnterRoom.newBuilder().setGame(game).setPartition(partition))
                .build();
        execute(player, partition, request, done, OwnerCalls::entered);
    }

    @Override
    public void quickJoin(Player player, String requestId, Answer.Sink<Void> done) {
        var request = request(player, requestId)
                .setQuickJoin(QuickJoinTable.newBuilder().setRoomId(player.room()))
                .build();
        execute(player, partition(player.room()), request, done, OwnerCalls::nothing);
    }

    @Override
    public void stand(Player player, String requestId, Answer.Sink<Void> done) {
        var request = request(player, requestId)
                .setStand(StandUp.newBuilder().setRoomId(player.room()))
                .build();
        execute(player, partition(player.room()), request, done, OwnerCalls::nothing);
    }

    @Override
    public void leave(Player player, String requestId, Answer.Sink<Void> done) {
        var request = request(player, requestId)
                .setLeave(LeaveRoom.newBuilder().setRoomId(player.room()))
                .build();
        execute(player, partition(player.room()), request, done, OwnerCalls::nothing);
    }

    private <R> void execute(
            Player player, int partition, RoomCommandRequest request, Answer.Sink<R> done, Line.Reader<R> reader) {
        lines.call(owners.get(partition), player.number(), PATH, credential, request, reader, answer -> {
            if (answer instanceof Answer.Not<R>(Refused why)) learn(partition, why);
            done.answered(answer);
        });
    }

    private static EnterReply entered(ByteBuf message) throws InvalidProtocolBufferException {
        return RoomCommandReply.parseFrom(message.nioBuffer()).getEntered();
    }

    /** What a seat operation answers does not matter to a load: that it was answered does. */
    private static Void nothing(ByteBuf message) {
        return null;
    }

    private void learn(int partition, Refused why) {
        var owner = why.particulars().get("owner");
        if (learns && why.reason().equals("NOT_OWNER") && owner != null) owners.set(partition, owner);
    }

    private static RoomCommandRequest.Builder request(Player player, String requestId) {
        return RoomCommandRequest.newBuilder()
                .setPlayerId(player.id())
                .setSessionGeneration(GENERATION)
                .setRequestId(requestId);
    }

    private int partition(String room) {
        return partitions.computeIfAbsent(room, id -> JournalPartitions.of(new RoomId(id), Topics.ROOM_PARTITIONS));
    }
}

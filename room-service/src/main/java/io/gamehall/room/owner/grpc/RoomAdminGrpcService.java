package io.gamehall.room.owner.grpc;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.owner.Ownership;
import io.gamehall.room.owner.Partitions;
import io.gamehall.room.owner.RoomsConfig;
import io.gamehall.v1.ChangeCapacityRequest;
import io.gamehall.v1.CloseRoomRequest;
import io.gamehall.v1.ListPartitionsReply;
import io.gamehall.v1.ListPartitionsRequest;
import io.gamehall.v1.MovePartitionRequest;
import io.gamehall.v1.OpenRoomRequest;
import io.gamehall.v1.PartitionInfo;
import io.gamehall.v1.RoomAdmin;
import io.gamehall.v1.RoomAdminReply;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.Supplier;

/** Translates; decides nothing. */
@GrpcService
@RegisterInterceptor(CredentialInterceptor.class)
public class RoomAdminGrpcService implements RoomAdmin {
    private static final int DRAIN_SECONDS_MAX = 86_400;

    private final Partitions partitions;
    private final Ownership ownership;
    private final RoomsConfig config;

    public RoomAdminGrpcService(Partitions partitions, Ownership ownership, RoomsConfig config) {
        this.partitions = partitions;
        this.ownership = ownership;
        this.config = config;
    }

    @Override
    public Uni<RoomAdminReply> openRoom(OpenRoomRequest request) {
        return checked(() -> {
            var id = new RoomId(request.getRoomId());
            int seats = request.getSeatsPerTable() == 0
                    ? config.games().getOrDefault(request.getGame(), 0)
                    : request.getSeatsPerTable();
            int capacity = request.getCapacity() == 0 ? config.capacity() : request.getCapacity();
            var setup = RoomSetup.withTablesForAll(request.getGame(), seats, capacity);
            return decided(id, new RoomCommand.OpenRoom(id, setup));
        });
    }

    @Override
    public Uni<RoomAdminReply> closeRoom(CloseRoomRequest request) {
        return checked(() -> {
            var id = new RoomId(request.getRoomId());
            // Unsigned on the wire.
            if (request.getDrainSeconds() < 0 || request.getDrainSeconds() > DRAIN_SECONDS_MAX) {
                throw new IllegalArgumentException("A room drains within 86,400 seconds");
            }
            long drainBy = System.currentTimeMillis() + request.getDrainSeconds() * 1_000L;
            return decided(id, new RoomCommand.CloseRoom(id, drainBy));
        });
    }

    @Override
    public Uni<RoomAdminReply> changeCapacity(ChangeCapacityRequest request) {
        return checked(() -> {
            var id = new RoomId(request.getRoomId());
            return decided(id, new RoomCommand.ChangeCapacity(id, request.getCapacity()));
        });
    }

    @Override
    public Uni<RoomAdminReply> movePartition(MovePartitionRequest request) {
        return checked(() -> {
            var known = ownership.instances();
            if (!known.contains(request.getTo())) {
                throw new IllegalArgumentException("No live process of that name; there are " + known);
            }
            var info = partitions.info();
            if (request.getPartition() < 0 || request.getPartition() >= info.size()) {
                throw new IllegalArgumentException("There are " + info.size() + " partitions");
            }
            if (!partitions.owned().contains(request.getPartition())) throw notOwner(info.get(request.getPartition()));
            ownership.move(request.getPartition(), request.getTo());
            return Uni.createFrom().item(RoomAdminReply.getDefaultInstance());
        });
    }

    @Override
    public Uni<ListPartitionsReply> listPartitions(ListPartitionsRequest request) {
        var reply = ListPartitionsReply.newBuilder().addAllInstances(ownership.instances());
        for (var info : partitions.info()) {
            var wire = PartitionInfo.newBuilder()
                    .setPartition(info.partition())
                    .setTerm(info.term())
                    .setRooms(info.rooms())
                    .setMembers(info.members())
                    .setCommandsPerS(info.commandsPerSecond());
            info.owner().ifPresent(owner -> wire.setOwner(owner.instance()).setEndpoint(owner.endpoint()));
            reply.addPartitions(wire);
        }
        return Uni.createFrom().item(reply.build());
    }

    private static Refusal notOwner(Partitions.Info info) {
        return new Refusal(Reason.NOT_OWNER, "Partition " + info.partition() + " is not decided here")
                .with(info.owner()
                        .map(owner -> Map.of("owner", owner.endpoint(), "term", Long.toString(info.term())))
                        .orElseGet(Map::of));
    }

    private Uni<RoomAdminReply> decided(RoomId room, RoomCommand command) {
        return partitions.submit(room, command, "", 0).map(decision -> switch (decision) {
            case Decision.Accepted _ -> RoomAdminReply.getDefaultInstance();
            case Decision.Refused refused -> throw RoomReplies.refusal(refused);
        });
    }

    private static Uni<RoomAdminReply> checked(Supplier<Uni<RoomAdminReply>> call) {
        try {
            return call.get();
        } catch (Refusal refused) {
            return Uni.createFrom().failure(refused);
        } catch (IllegalArgumentException invalid) {
            return Uni.createFrom().failure(new Refusal(Reason.REQUEST_INVALID, invalid.getMessage()));
        }
    }
}

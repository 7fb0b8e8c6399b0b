package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.play.LeaveRoom;
import io.gamehall.gateway.play.PlayCalls;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.v1.RoomCommandRequest;
import io.grpc.StatusRuntimeException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Sends {@code LeaveRoom} to the owner. */
@Singleton
class GrpcLeaveRoom implements LeaveRoom {
    private final PlayCalls calls;
    private final OwnerChannels owners;
    private final PlayMetrics metrics;

    GrpcLeaveRoom(PlayCalls calls, OwnerChannels owners, PlayMetrics metrics) {
        this.calls = calls;
        this.owners = owners;
        this.metrics = metrics;
    }

    @Override
    public Uni<Void> leave(PlayerId player, long generation, RoomId room) {
        var request = RoomCommandRequest.newBuilder()
                .setPlayerId(player.value())
                .setSessionGeneration(generation)
                .setRequestId(UUID.randomUUID().toString())
                .setLeave(io.gamehall.v1.LeaveRoom.newBuilder().setRoomId(room.value()))
                .build();
        return metrics.measured(
                        "LeaveOfGone",
                        () -> calls.inRoom(
                                room, (endpoint, partition, deadline) -> owners.execute(endpoint, request, deadline)))
                .replaceWithVoid()
                .onFailure(GrpcLeaveRoom::isDecided)
                .recoverWithNull();
    }

    private static boolean isDecided(Throwable failure) {
        return failure instanceof StatusRuntimeException
                || failure instanceof Refusal refusal && refusal.reason() == Reason.INTERNAL;
    }
}

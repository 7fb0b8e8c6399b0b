package io.gamehall.room.owner.grpc;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.owner.Partitions;
import io.gamehall.v1.KeepAliveReply;
import io.gamehall.v1.KeepAliveRequest;
import io.gamehall.v1.Present;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.RoomCommands;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/** Translates; decides nothing. */
@GrpcService
@RegisterInterceptor(CredentialInterceptor.class)
public class RoomCommandsGrpcService implements RoomCommands {
    private static final int PRESENT_MAX = 20_000;

    private final Partitions partitions;

    public RoomCommandsGrpcService(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public Uni<RoomCommandReply> execute(RoomCommandRequest request) {
        try {
            var requested = RoomRequests.of(request, System.currentTimeMillis());
            var requestId = request.getRequestId();
            long notAfterMs = request.getNotAfterMs();
            var decided = requested.partition().isPresent()
                    ? partitions.submit(requested.partition().getAsInt(), requested.command(), requestId, notAfterMs)
                    : partitions.submit(requested.room().orElseThrow(), requested.command(), requestId, notAfterMs);
            return decided.map(RoomReplies::of).map(this::withChat);
        } catch (IllegalArgumentException invalid) {
            return Uni.createFrom().failure(new Refusal(Reason.REQUEST_INVALID, invalid.getMessage()));
        }
    }

    private RoomCommandReply withChat(RoomCommandReply reply) {
        return reply.hasEntered() && reply.getEntered().getWaitPosition() == 0
                ? RoomReplies.withChat(
                        reply,
                        partitions.recentChat(new RoomId(reply.getEntered().getRoomId())))
                : reply;
    }

    @Override
    public Uni<KeepAliveReply> keepAlive(KeepAliveRequest request) {
        try {
            return Multi.createFrom()
                    .iterable(request.getPresentList())
                    .onItem()
                    .transformToUniAndConcatenate(this::keepAlive)
                    .collect()
                    .asList()
                    .map(RoomCommandsGrpcService::notOwned);
        } catch (IllegalArgumentException invalid) {
            return Uni.createFrom().failure(new Refusal(Reason.REQUEST_INVALID, invalid.getMessage()));
        }
    }

    private record Kept(int partition, boolean owned) {}

    private Uni<Kept> keepAlive(Present present) {
        if (present.getPlayerIdsCount() > PRESENT_MAX) {
            return Uni.createFrom()
                    .failure(new Refusal(Reason.REQUEST_INVALID, "At most 20,000 players of a partition at once"));
        }
        var players = new ArrayList<PlayerId>(present.getPlayerIdsCount());
        for (long id : present.getPlayerIdsList()) if (id != 0) players.add(new PlayerId(id));
        return partitions
                .keepAlive(present.getPartition(), players)
                .map(owned -> new Kept(present.getPartition(), owned));
    }

    private static KeepAliveReply notOwned(List<Kept> kept) {
        var reply = KeepAliveReply.newBuilder();
        kept.stream().filter(it -> !it.owned()).forEach(it -> reply.addNotOwned(it.partition()));
        return reply.build();
    }
}

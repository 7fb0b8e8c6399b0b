package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.play.OwnerKeepAlives;
import io.gamehall.gateway.play.PresenceBatch;
import io.gamehall.v1.KeepAliveRequest;
import io.gamehall.v1.Present;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** {@code RoomCommands.KeepAlive} on the wire. */
@Singleton
class GrpcKeepAlives implements OwnerKeepAlives {
    private final OwnerChannels channels;

    GrpcKeepAlives(OwnerChannels channels) {
        this.channels = channels;
    }

    @Override
    public Uni<Set<Integer>> vouch(String endpoint, PresenceBatch batch, Duration answerMax) {
        return channels.keepAlive(endpoint, message(batch), answerMax)
                .map(reply -> Set.copyOf(reply.getNotOwnedList()));
    }

    private static KeepAliveRequest message(PresenceBatch batch) {
        var request = KeepAliveRequest.newBuilder();
        batch.present().forEach((partition, players) -> {
            var present = Present.newBuilder().setPartition(partition);
            for (var presence : players) {
                present.addPlayerIds(presence.player().value());
                present.addSessionGenerations(presence.generation());
            }
            request.addPresent(present);
        });
        return request.build();
    }
}

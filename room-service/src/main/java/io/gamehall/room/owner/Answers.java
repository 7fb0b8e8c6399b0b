package io.gamehall.room.owner;

import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.journal.PartitionReplica;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The answers to the newest request ids, so that a repeated request gets the first answer and changes nothing. What
 * changed something is remembered by the journal, also across owners; refusals and what waits still, here, for the time
 * of the ownership. Bounded. Confined to the partition's thread.
 */
final class Answers {
    private final PartitionReplica replica;
    private final Map<Asked, CompletableFuture<Decision>> newest;

    private record Asked(PlayerId player, String requestId) {}

    Answers(PartitionReplica replica, int max) {
        this.replica = replica;
        this.newest = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Asked, CompletableFuture<Decision>> eldest) {
                return size() > max;
            }
        };
    }

    CompletableFuture<Decision> first(
            RoomCommand command, String requestId, Supplier<CompletableFuture<Decision>> decide) {
        if (requestId.isEmpty() || !(command instanceof RoomCommand.ByPlayer byPlayer)) return decide.get();
        var asked = new Asked(byPlayer.player(), requestId);
        var answer = newest.get(asked);
        if (answer == null) {
            answer = written(asked).orElseGet(decide);
            var first = answer;
            newest.put(asked, first);
            // What failed was not answered, and is to be tried again; what the journal remembers need not be kept
            // twice.
            first.whenComplete((decision, failure) -> {
                if (failure != null || written(asked).isPresent()) newest.remove(asked, first);
            });
        }
        return answer;
    }

    private Optional<CompletableFuture<Decision>> written(Asked asked) {
        return replica.answer(asked.player(), asked.requestId())
                .map(reply -> CompletableFuture.completedFuture(Decision.accepted(List.of(), reply)));
    }
}

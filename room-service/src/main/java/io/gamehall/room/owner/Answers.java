package io.gamehall.room.owner;

import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The answers to the newest request ids, so that a repeated request gets the first answer and changes nothing. Confined
 * to the partition's thread, bounded, and gone with the ownership: after a fail-over the rules themselves make a
 * repeated command harmless.
 */
final class Answers {
    private final Map<Asked, CompletableFuture<Decision>> newest;

    private record Asked(PlayerId player, String requestId) {}

    Answers(int max) {
        newest = new LinkedHashMap<>() {
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
            answer = decide.get();
            newest.put(asked, answer);
        }
        return answer;
    }

    void clear() {
        newest.clear();
    }
}

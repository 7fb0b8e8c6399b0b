package io.gamehall.room.owner;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What is said in the rooms of a partition while it is owned: chat in an order given here, whispers and signals passed
 * on. Confined to the partition's thread.
 */
final class Talk {
    /** Lines that wait to be read back, in one partition. */
    private static final int PENDING_MAX = 1_000;

    private static final Duration RETRY = Duration.ofMillis(250);

    private final int partition;
    private final RoomChat chat;
    private final PlayerNotices notices;
    private final ChatHistory history;
    private final TalkRate lines = new TalkRate(5, 1);
    /** A peer connection needs dozens of signals at its start. */
    private final TalkRate signals = new TalkRate(64, 16);

    private final Map<ChatLine, CompletableFuture<Decision>> pending = new HashMap<>();
    private final Map<RoomId, Long> sequences = new HashMap<>();

    Talk(int partition, RoomChat chat, PlayerNotices notices, ChatHistory history) {
        this.partition = partition;
        this.chat = chat;
        this.notices = notices;
        this.history = history;
    }

    /** @param relay what the rules have said; @return completes once the message is where it has to be */
    CompletableFuture<Decision> pass(
            long term, RoomCommand.Relayed relayed, Reply.Relay relay, String requestId, long nowMs) {
        return switch (relayed) {
            case RoomCommand.Say say -> say(term, say, requestId, nowMs);
            case RoomCommand.Whisper whisper ->
                lines.tryTake(whisper.player(), nowMs)
                        ? publish(
                                new PlayerNotice.Whispered(
                                        whisper.to(), whisper.room(), whisper.player(), whisper.text(), nowMs),
                                relay,
                                requestId)
                        : tooFast();
            case RoomCommand.Signal signal ->
                signals.tryTake(signal.player(), nowMs)
                        ? publish(
                                new PlayerNotice.Signalled(
                                        signal.to(),
                                        signal.room(),
                                        relay.table(),
                                        relay.hostTerm(),
                                        signal.player(),
                                        signal.payload(),
                                        nowMs),
                                relay,
                                requestId)
                        : tooFast();
        };
    }

    private CompletableFuture<Decision> say(long term, RoomCommand.Say say, String requestId, long nowMs) {
        var said = history.of(say.room(), say.player(), requestId);
        if (said.isPresent()) return CompletableFuture.completedFuture(accepted(said.get()));
        if (!lines.tryTake(say.player(), nowMs)) return tooFast();
        if (pending.size() >= PENDING_MAX) {
            return CompletableFuture.failedFuture(
                    new Refusal(Reason.OVERLOADED, "Too many chat lines wait for the log").retryAfter(RETRY));
        }
        long sequence = Math.max(sequences.getOrDefault(say.room(), 0L), history.lastSequence(say.room())) + 1;
        sequences.put(say.room(), sequence);
        var line = new ChatLine(say.room(), term, sequence, say.player(), say.text(), requestId, nowMs);
        var reply = new CompletableFuture<Decision>();
        pending.put(line, reply);
        chat.append(partition, line).whenComplete((stored, failure) -> {
            if (failure == null) return;
            pending.remove(line);
            reply.completeExceptionally(
                    new Refusal(Reason.OWNER_UNAVAILABLE, "The chat can't be written").retryAfter(RETRY));
        });
        return reply;
    }

    /** A line was read back. */
    void heard(ChatLine line) {
        var reply = pending.remove(line);
        if (reply != null) reply.complete(accepted(line));
    }

    private CompletableFuture<Decision> publish(PlayerNotice notice, Reply.Relay relay, String requestId) {
        var reply = new CompletableFuture<Decision>();
        notices.publish(partition, notice, requestId).whenComplete((done, failure) -> {
            if (failure == null) reply.complete(Decision.accepted(List.of(), relay));
            else {
                reply.completeExceptionally(
                        new Refusal(Reason.OWNER_UNAVAILABLE, "Notices can't be written").retryAfter(RETRY));
            }
        });
        return reply;
    }

    /** To be called now and then. */
    void tick(long nowMs) {
        lines.prune(nowMs);
        signals.prune(nowMs);
    }

    /** The ownership is over: what waits fails. */
    void end(Refusal refusal) {
        var waiting = List.copyOf(pending.values());
        pending.clear();
        waiting.forEach(reply -> reply.completeExceptionally(refusal));
    }

    private static Decision accepted(ChatLine line) {
        return Decision.accepted(List.of(), new Reply.Said(line.sequence()));
    }

    private static CompletableFuture<Decision> tooFast() {
        return CompletableFuture.completedFuture(Decision.refused(Decision.Reason.TOO_FAST));
    }
}

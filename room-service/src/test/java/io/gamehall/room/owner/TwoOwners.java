package io.gamehall.room.owner;

import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.journal.Answer;
import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.journal.PartitionReplica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Two processes, one partition, one log in memory. Nothing happens by itself: {@link #flow()} carries records. */
final class TwoOwners {
    static final RoomId ROOM = new RoomId("doudizhu-001");

    private final List<JournalRecord> log = new ArrayList<>();
    private final List<ChatLine> chatLog = new ArrayList<>();
    private final PartitionReplica truth = new PartitionReplica();
    final List<PlayerNotice> notices = new ArrayList<>();
    final Side one = new Side("room-1");
    final Side two = new Side("room-2");
    long nowMs = 1_000_000;

    /** One process. */
    final class Side implements Journal, GameResults, RoomChat, PlayerNotices {
        final ChatHistory history = new ChatHistory();
        final PartitionOwner owner;
        private final List<JournalRecord> written = new ArrayList<>();
        private int position;
        private int chatPosition;

        Side(String name) {
            var setup = new RoomSetup("doudizhu", 3, 2, 3, true, 0);
            owner = new PartitionOwner(
                    0,
                    new PartitionOwner.Ports(this, this, this, this, history),
                    new PartitionOwner.Settings(
                            name,
                            name + ":9000",
                            () -> name + "@" + log.size(),
                            () -> nowMs * 1_000_000,
                            List.of(new RoomCommand.EnsureRoom(ROOM, setup)),
                            10,
                            100,
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(12)),
                    () -> nowMs);
            owner.caughtUp();
        }

        @Override
        public void append(int partition, long term, RoomEvent event, Optional<Answer> answer) {
            written.add(new JournalRecord(
                    term, JournalCodec.key(event), new JournalRecord.Content.Happened(event), answer));
        }

        @Override
        public void claim(int partition, long term, OwnerClaim claim) {
            written.add(new JournalRecord(term, JournalCodec.OWNER, new JournalRecord.Content.Claimed(claim)));
        }

        @Override
        public CompletionStage<Long> end(int partition) {
            return CompletableFuture.completedFuture((long) log.size());
        }

        @Override
        public CompletionStage<Void> publish(int partition, String game, RoomId room, int table, SettledRound round) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> append(int partition, ChatLine line) {
            chatLog.add(line);
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Void> publish(int partition, PlayerNotice notice, String requestId) {
            notices.add(notice);
            return CompletableFuture.completedFuture(null);
        }

        CompletableFuture<Decision> ask(RoomCommand command, String requestId) {
            return owner.submit(command, requestId, 0);
        }

        CompletableFuture<Decision> askUntil(long notAfterMs, RoomCommand command) {
            return owner.submit(command, "", notAfterMs);
        }

        CompletableFuture<Decision> ask(RoomCommand command) {
            return ask(command, "");
        }

        /** What was appended stands in the log. */
        private boolean store() {
            boolean some = !written.isEmpty();
            written.forEach(record -> {
                truth.read(log.size(), record);
                log.add(record);
            });
            written.clear();
            return some;
        }

        private boolean read() {
            boolean some = position < log.size() || chatPosition < chatLog.size();
            while (position < log.size()) owner.read(position, log.get(position++));
            owner.readUpTo(position);
            owner.upToDate(nowMs * 1_000_000);
            while (chatPosition < chatLog.size()) {
                var line = chatLog.get(chatPosition++);
                if (history.add(line)) owner.heard(line);
            }
            return some;
        }
    }

    /** All that is on its way arrives. */
    void flow() {
        boolean more = true;
        while (more) more = one.store() | two.store() | one.read() | two.read();
    }

    /** What one process has on its way reaches the log before anything else. */
    void flowFrom(Side side) {
        side.store();
    }

    void pass(Duration time) {
        // In small steps: an owner that was stopped for long gives everybody the full time again.
        for (long end = nowMs + time.toMillis(); nowMs < end; ) {
            nowMs += Math.min(500, end - nowMs);
            flow();
            one.owner.tick();
            two.owner.tick();
            flow();
        }
    }

    /** The group gives the right to claim to one of them. */
    void assign(Side side) {
        flow();
        (side == one ? two : one).owner.revoked();
        side.owner.assigned();
        flow();
    }

    Decision answer(Side side, RoomCommand command) {
        var reply = side.ask(command);
        flow();
        return reply.join();
    }

    Decision answer(Side side, RoomCommand command, String requestId) {
        var reply = side.ask(command, requestId);
        flow();
        return reply.join();
    }

    static Refusal refusal(CompletableFuture<Decision> reply) {
        try {
            throw new AssertionError("Answered: " + reply.get());
        } catch (ExecutionException failed) {
            return (Refusal) failed.getCause();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    Room room() {
        return truth.state().room(ROOM).orElseThrow();
    }

    boolean isOwned(Side side) {
        return side.owner.status(PartitionStatus.NONE).owned();
    }

    static PlayerId player(long id) {
        return new PlayerId(id);
    }

    RoomCommand enter(long player) {
        return new RoomCommand.Enter(ROOM, player(player), 1, false, nowMs);
    }

    RoomCommand queue(long player) {
        return new RoomCommand.Enter(ROOM, player(player), 1, true, nowMs);
    }

    RoomCommand leave(long player) {
        return new RoomCommand.Leave(ROOM, player(player), 1, nowMs);
    }

    RoomCommand quickJoin(long player) {
        return new RoomCommand.QuickJoin(ROOM, player(player), 1, nowMs);
    }

    RoomCommand say(long player, String text) {
        return new RoomCommand.Say(ROOM, player(player), 1, text, nowMs);
    }
}

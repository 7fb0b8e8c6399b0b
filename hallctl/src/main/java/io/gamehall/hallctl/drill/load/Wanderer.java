package io.gamehall.hallctl.drill.load;

import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.Outcome;
import io.gamehall.hallctl.swarm.RoundScores;
import io.gamehall.v1.TableView;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A player who goes from room to room at random: enters, sits down, plays rounds, gets up, leaves. Always knows where it
 * is from what it was told, and tells nobody: the check works that out again. Confined to its thread.
 */
final class Wanderer implements Runnable {
    private static final int THINK_MIN_MS = 30;
    private static final int THINK_MAX_MS = 250;
    private static final int ROUND_WAIT_MS = 1_200;
    private static final int LOOK_MS = 20;

    private final long player;
    private final PlayerCalls calls;
    private final Ear ear;
    private final List<Rooms.Room> rooms;
    private final RandomGenerator random;
    private final BooleanSupplier over;
    private final long arriveMs;
    private String room = "";
    private int table;
    private boolean seated;

    /** @param arrive within this time; at some instant of it the player begins */
    Wanderer(
            long player,
            PlayerCalls calls,
            Ear ear,
            List<Rooms.Room> rooms,
            RandomGenerator random,
            BooleanSupplier over,
            Duration arrive) {
        this.player = player;
        this.calls = calls;
        this.ear = ear;
        this.rooms = rooms;
        this.random = random;
        this.over = over;
        this.arriveMs = arrive.toMillis();
    }

    @Override
    public void run() {
        try {
            Thread.sleep(random.nextLong(1, arriveMs));
            while (!over.getAsBoolean()) {
                ear.open();
                if (room.isEmpty()) enter();
                else if (!seated) inRoom();
                else atTable();
                think();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void enter() throws InterruptedException {
        var wanted = rooms.get(random.nextInt(rooms.size()));
        var call = chance(55) ? calls.autoEnter(wanted.game()) : calls.enter(wanted.id());
        switch (call.outcome()) {
            case ACKNOWLEDGED -> room = call.room();
            case REFUSED -> {
                if (call.reason().equals("ALREADY_IN_ROOM")) findMyself(wanted.game());
            }
            // It may be in by now. Somebody who is in is told the room by auto-enter.
            case FAILED -> findMyself(wanted.game());
        }
    }

    private void findMyself(String game) throws InterruptedException {
        think();
        var call = calls.autoEnter(game);
        if (call.outcome() == Outcome.ACKNOWLEDGED) room = call.room();
    }

    private void inRoom() throws InterruptedException {
        if (chance(20)) {
            leave();
            return;
        }
        var call = calls.quickJoin(room);
        switch (call.outcome()) {
            case ACKNOWLEDGED -> sit(call);
            case REFUSED -> {
                if (call.reason().equals("ALREADY_SEATED")) sit(call);
                else if (call.reason().equals("NOT_IN_ROOM")) room = "";
            }
            case FAILED -> leave();
        }
    }

    private void sit(Call call) {
        table = call.table();
        seated = true;
    }

    private void atTable() throws InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 20) {
            var call = calls.stand(room);
            if (call.outcome() == Outcome.FAILED) leave();
            else seated = false;
        } else if (dice < 30) {
            leave();
        } else {
            calls.ready(room);
            awaitUntil(() -> round() > 0);
            play(round());
        }
    }

    private void play(long round) throws InterruptedException {
        if (round == 0) return;
        think();
        var players = ear.table().getRoundPlayersList();
        // The stream may have moved on while the player was thinking.
        if (round() != round) return;
        calls.report(room, table, round, RoundScores.of(room, table, round, players));
        awaitUntil(() -> round() != round);
    }

    /** The round that runs at the table and has this player; 0: none that is known of. */
    private long round() {
        TableView view = ear.table();
        boolean mine = view.getPlaying()
                && view.getRoomId().equals(room)
                && view.getTable() == table
                && view.getRoundPlayersList().contains(player);
        return mine ? view.getRound() : 0;
    }

    /** Whatever became of the seat, it is gone with the room. */
    private void leave() throws InterruptedException {
        think();
        var call = calls.leave(room);
        if (call.outcome() == Outcome.FAILED) return;
        room = "";
        seated = false;
    }

    private void awaitUntil(BooleanSupplier reached) throws InterruptedException {
        long until = System.nanoTime() + (ROUND_WAIT_MS + random.nextInt(ROUND_WAIT_MS)) * 1_000_000L;
        while (!reached.getAsBoolean() && System.nanoTime() < until && !over.getAsBoolean()) Thread.sleep(LOOK_MS);
    }

    private void think() throws InterruptedException {
        Thread.sleep(random.nextInt(THINK_MIN_MS, THINK_MAX_MS));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}

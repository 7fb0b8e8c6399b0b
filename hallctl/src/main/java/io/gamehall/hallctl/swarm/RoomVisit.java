package io.gamehall.hallctl.swarm;

import io.gamehall.v1.EnterReply;
import io.gamehall.v1.ReadyReply;
import io.gamehall.v1.SeatReply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A player's visits to rooms: enters, takes seats, plays rounds, moves on, leaves. Confined to the player's thread.
 */
final class RoomVisit {
    /** What the hall does must be seen on the streams within this; well above the second that it promises. */
    private static final Duration SEEN_MAX = Duration.ofSeconds(5);

    private static final Duration SETTLED_MAX = Duration.ofSeconds(10);
    private static final int THINK_MIN_MS = 50;
    private static final int THINK_MAX_MS = 300;
    private static final int FILL_MIN_MS = 2_500;
    private static final int FILL_MAX_MS = 5_000;
    private static final int STAND_PERCENT = 10;
    private static final int LEAVE_PERCENT = 5;
    private static final int NAMED_ROOM_PERCENT = 30;

    private final World world;
    private final Client client;
    private final PlayCalls play;
    private final Errand errand;
    private final RandomGenerator random;
    private int games;
    private String room = "";
    private String roomBefore = "";
    private int table;
    private boolean seated;
    private boolean ready;
    private int possibleDesertions;

    /** What the player has to do beside playing; asked between any two steps. */
    interface Errand {
        boolean isDue();

        void run() throws CallFailed, InterruptedException;

        void at(Stage stage);
    }

    /** What a player does after some time at a table. */
    private enum Next {
        PLAY,
        STAND,
        LEAVE
    }

    RoomVisit(World world, Client client, Errand errand, int number, RandomGenerator random) {
        this.world = world;
        this.client = client;
        this.play = new PlayCalls(world.caller(), client);
        this.errand = errand;
        this.random = random;
        this.games = number;
    }

    /** Rounds that may have started while the player was getting up: they count, though they were not heard of. */
    int possibleDesertions() {
        return possibleDesertions;
    }

    /** From one entry to the leaving, or to the end of the run. Leaves nothing behind, unless a call failed. */
    void visit() throws CallFailed, InterruptedException {
        errand.at(Stage.LOBBY);
        if (!enter()) {
            think();
            return;
        }
        var next = Next.STAND;
        while (next != Next.LEAVE && !world.isOver()) {
            if (!sitDown()) {
                break;
            }
            next = stayAtTable();
            if (next == Next.STAND) {
                standUp();
            }
        }
        leave();
        think();
    }

    /** After a failed call: out of the room, whatever was going on there. */
    void leave() throws CallFailed, InterruptedException {
        errand.at(Stage.LOBBY);
        if (room.isEmpty()) {
            return;
        }
        mayDesert();
        roomBefore = room;
        room = "";
        seated = false;
        play.leave(roomBefore);
    }

    private boolean enter() throws CallFailed, InterruptedException {
        var all = world.plan().games();
        var game = all.get(games++ % all.size());
        if (chance(NAMED_ROOM_PERCENT)) {
            var other = client.directory().liveliest(game, roomBefore);
            if (other.isPresent()
                    && other.get().getMembers() > 0
                    && entered(play.enter(other.get().getRoomId()))) {
                return true;
            }
        }
        return entered(play.autoEnter(game));
    }

    private boolean entered(Answer<EnterReply> answer) throws CallFailed, InterruptedException {
        if (!(answer instanceof Answer.Given<EnterReply> given)) {
            return false;
        }
        world.tally().roomsEntered.increment();
        room = given.value().getRoomId();
        if (client.watches()) {
            see(
                    () -> client.directory()
                            .room(room)
                            .filter(it -> it.getMembers() > 0)
                            .isPresent(),
                    "WatchRooms: a room that was entered still looks empty",
                    room);
        }
        return true;
    }

    private boolean sitDown() throws CallFailed, InterruptedException {
        think();
        var answer = play.quickJoin(room);
        if (!(answer instanceof Answer.Given<SeatReply> given)) {
            if (client.directory().freeSeats(room) > 0) {
                world.tally().quickJoinFailedWhileFree.increment();
            }
            return false;
        }
        world.tally().seatsTaken.increment();
        errand.at(Stage.SEATED);
        table = given.value().getTable();
        seated = true;
        ready = false;
        see(() -> client.inbox().sitsAt(room, table), "Events: the own seat was not told", room + ", table " + table);
        return true;
    }

    private Next stayAtTable() throws CallFailed, InterruptedException {
        var next = Next.PLAY;
        while (next == Next.PLAY) {
            think();
            if (world.isOver()) {
                return Next.LEAVE;
            }
            next = awaitRound() ? playRound() : moveOn();
        }
        return next;
    }

    /** Says ready, and waits until a round runs (or ran) at the table; false: nothing came of it. */
    private boolean awaitRound() throws CallFailed, InterruptedException {
        int heard = client.inbox().roundsHeard();
        var answer = play.ready(room);
        ready = true;
        if (answer instanceof Answer.Given<ReadyReply> given && given.value().getRoundStarted()) {
            var started = new Tally.Round(room, table, given.value().getRound());
            return see(
                    () -> running().isPresent() || client.inbox().hasSettled(started),
                    "Events: a round that started was not told",
                    started.toString());
        }
        int patienceMs = random.nextInt(FILL_MIN_MS, FILL_MAX_MS);
        client.await(
                () -> running().isPresent() || client.inbox().roundsHeard() > heard || world.isOver(),
                Duration.ofMillis(patienceMs));
        return running().isPresent() || client.inbox().roundsHeard() > heard;
    }

    private Next playRound() throws CallFailed, InterruptedException {
        var running = running();
        if (running.isPresent()) {
            errand.at(Stage.PLAYING);
            var round = running.get();
            var players = client.inbox().table().getRoundPlayersList();
            think();
            play.report(round, RoundScores.of(round.room(), round.table(), round.number(), players));
            if (!client.await(() -> client.inbox().hasSettled(round), SETTLED_MAX)) {
                return unsettled(round, world.playerIds().containsAll(players));
            }
            errand.at(Stage.SEATED);
        }
        ready = false;
        return chance(LEAVE_PERCENT) ? Next.LEAVE : chance(STAND_PERCENT) ? Next.STAND : Next.PLAY;
    }

    /** With others at the table who do not report, a round may hang; among ourselves it may not. */
    private Next unsettled(Tally.Round round, boolean ours) {
        if (ours) {
            world.tally()
                    .faults
                    .note("Round did not settle within " + SETTLED_MAX.toSeconds() + " s", round.toString());
        }
        return Next.STAND;
    }

    /** The table did not fill: mostly another table of the room, sometimes another room. */
    private Next moveOn() {
        return world.isOver() || chance(NAMED_ROOM_PERCENT) ? Next.LEAVE : Next.STAND;
    }

    private void standUp() throws CallFailed, InterruptedException {
        mayDesert();
        seated = false;
        play.stand(room);
        errand.at(Stage.LOBBY);
    }

    private void mayDesert() {
        if (seated && ready) {
            possibleDesertions++;
            ready = false;
        }
    }

    private Optional<Tally.Round> running() {
        return client.inbox().runningAt(room, table);
    }

    private boolean see(BooleanSupplier seen, String otherwise, String what) throws CallFailed, InterruptedException {
        boolean told = client.await(seen, SEEN_MAX);
        if (!told) {
            world.tally().faults.note(otherwise + " within " + SEEN_MAX.toSeconds() + " s", what);
        }
        return told;
    }

    private void think() throws CallFailed, InterruptedException {
        if (errand.isDue()) {
            errand.run();
        }
        client.await(() -> false, Duration.ofMillis(random.nextInt(THINK_MIN_MS, THINK_MAX_MS)));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}

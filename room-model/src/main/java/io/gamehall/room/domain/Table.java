package io.gamehall.room.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A table: who sits where, who is ready, and the round. Immutable; each change is a new table, and one journal record.
 *
 * @param chairs one entry for each seat
 * @param round number of the round that runs, or of the last one that ended; 0 before the first
 * @param running the round, while one runs
 * @param last the last round that ended
 * @param published whether {@code last} is known to be in {@code game-results}; until then no further round starts
 */
public record Table(
        List<Optional<Chair>> chairs,
        long round,
        Optional<Round> running,
        Optional<SettledRound> last,
        boolean published) {
    public Table {
        chairs = List.copyOf(chairs);
    }

    /** A table that nobody ever sat at. */
    public static Table empty(int seats) {
        return new Table(Collections.nCopies(seats, Optional.empty()), 0, Optional.empty(), Optional.empty(), true);
    }

    /** Seats that nobody has. */
    public int free() {
        int free = 0;
        for (var chair : chairs) if (chair.isEmpty()) free++;
        return free;
    }

    /** Seats that somebody has. */
    public int taken() {
        return chairs.size() - free();
    }

    /** Whether quick-join may seat somebody here: a seat is free and no round runs. */
    public boolean isOpen() {
        return running.isEmpty() && free() > 0;
    }

    /** The seat of a player, from 0. */
    public OptionalInt seatOf(PlayerId player) {
        for (int seat = 0; seat < chairs.size(); seat++) {
            if (chairs.get(seat).isPresent() && chairs.get(seat).get().player().equals(player)) {
                return OptionalInt.of(seat);
            }
        }
        return OptionalInt.empty();
    }

    int firstFreeSeat() {
        for (int seat = 0; seat < chairs.size(); seat++) if (chairs.get(seat).isEmpty()) return seat;
        throw new IllegalStateException("No seat is free");
    }

    Table seat(int seat, PlayerId player) {
        if (chairs.get(seat).isPresent()) throw new IllegalStateException("Seat " + seat + " is taken");
        return withChair(seat, Optional.of(new Chair(player, false)));
    }

    Table unseat(PlayerId player) {
        return withChair(seatOf(player).orElseThrow(), Optional.empty());
    }

    Table ready(PlayerId player) {
        return withChair(seatOf(player).orElseThrow(), Optional.of(new Chair(player, true)));
    }

    boolean mayStart() {
        return running.isEmpty()
                && published
                && chairs.stream()
                        .allMatch(chair -> chair.isPresent() && chair.get().ready());
    }

    /** The next round begins with everyone who sits here. */
    Table start() {
        var players = chairs.stream().map(chair -> chair.orElseThrow().player()).toList();
        var unready = players.stream().map(player -> Optional.of(new Chair(player, false)));
        return new Table(unready.toList(), round + 1, Optional.of(new Round(players, List.of())), last, published);
    }

    Table with(Round progress) {
        return new Table(chairs, round, Optional.of(progress), last, published);
    }

    /** The running round, if any, ends when its reports say so. */
    Table settleIfDecided(long atMs) {
        if (running.isEmpty()) return this;
        var ended = running.get();
        return switch (ended.standing(player -> seatOf(player).isPresent())) {
            case Round.Standing.Open() -> this;
            case Round.Standing.Agreed(var scores) ->
                ended(new SettledRound(round, false, scores, ended.players(), atMs));
            case Round.Standing.Disputed() -> ended(new SettledRound(round, true, List.of(), ended.players(), atMs));
        };
    }

    Table markPublished() {
        return new Table(chairs, round, running, last, true);
    }

    private Table ended(SettledRound settled) {
        return new Table(chairs, round, Optional.empty(), Optional.of(settled), false);
    }

    private Table withChair(int seat, Optional<Chair> chair) {
        var changed = new ArrayList<>(chairs);
        changed.set(seat, chair);
        return new Table(changed, round, running, last, published);
    }
}

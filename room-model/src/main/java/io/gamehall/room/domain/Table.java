package io.gamehall.room.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A table: who sits where, for whom seats are held, who is ready, and the round. Immutable; each change is a new table,
 * and one journal record.
 *
 * @param chairs one entry for each seat
 * @param reservations of seats that are free, at most one for each
 * @param host who leads the game for the others: of those who sit here the one who sat down first, until that one
 *     leaves or is away; empty when nobody sits here
 * @param round number of the round that runs, or of the last one that ended; 0 before the first
 * @param running the round, while one runs
 * @param last the last round that ended
 * @param published whether {@code last} is known to be in {@code game-results}; until then no further round starts
 */
public record Table(
        List<Optional<Chair>> chairs,
        List<Reservation> reservations,
        Host host,
        long round,
        Optional<Round> running,
        Optional<SettledRound> last,
        boolean published) {
    public Table {
        chairs = List.copyOf(chairs);
        reservations = List.copyOf(reservations);
    }

    /** @param term grows with each new host, so that what an earlier one has sent can be told from what is true now */
    public record Host(Optional<PlayerId> player, long term) {
        static final Host NOBODY = new Host(Optional.empty(), 0);
    }

    /** A table that nobody ever sat at. */
    public static Table empty(int seats) {
        return new Table(
                Collections.nCopies(seats, Optional.empty()),
                List.of(),
                Host.NOBODY,
                0,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /** Seats that anybody may take: nobody has them, and they are held for nobody. */
    public int free() {
        int free = -reservations.size();
        for (var chair : chairs) if (chair.isEmpty()) free++;
        return free;
    }

    /** Seats that somebody has. */
    public int taken() {
        int taken = 0;
        for (var chair : chairs) if (chair.isPresent()) taken++;
        return taken;
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

    boolean hasSeat(int seat) {
        return seat >= 0 && seat < chairs.size();
    }

    /** For whom a seat is held. */
    Optional<Reservation> reservationOf(int seat) {
        for (var reservation : reservations) if (reservation.seat() == seat) return Optional.of(reservation);
        return Optional.empty();
    }

    /** Whether a player may sit down on a seat, apart from running rounds. */
    boolean isFreeFor(PlayerId player, int seat) {
        return chairs.get(seat).isEmpty()
                && reservationOf(seat).filter(it -> !it.player().equals(player)).isEmpty();
    }

    /** The first seats that anybody may take. */
    List<Integer> firstFree(int count) {
        var found = new ArrayList<Integer>(count);
        for (int seat = 0; seat < chairs.size() && found.size() < count; seat++) {
            if (chairs.get(seat).isEmpty() && reservationOf(seat).isEmpty()) found.add(seat);
        }
        if (found.size() < count) throw new IllegalStateException("Not so many seats are free");
        return found;
    }

    Table seat(int seat, PlayerId player, long atMs) {
        if (chairs.get(seat).isPresent()) throw new IllegalStateException("Seat " + seat + " is taken");
        var held = reservations.isEmpty()
                ? reservations
                : reservations.stream().filter(it -> it.seat() != seat).toList();
        return new Table(
                        withChair(seat, Optional.of(Chair.of(player, atMs))),
                        held,
                        host,
                        round,
                        running,
                        last,
                        published)
                .withHostPresent();
    }

    Table unseat(PlayerId player) {
        return with(seatOf(player).orElseThrow(), Optional.empty()).withHostPresent();
    }

    /** A player goes to a free seat of this table. */
    Table move(int from, int to) {
        var moved = chairs.get(from).orElseThrow();
        var changed = new ArrayList<>(chairs);
        changed.set(from, Optional.empty());
        changed.set(to, Optional.of(new Chair(moved.player(), false, moved.sinceMs(), Optional.empty())));
        var held = reservations.stream().filter(it -> it.seat() != to).toList();
        return new Table(changed, held, host, round, running, last, published);
    }

    /** Two players of this table change seats. */
    Table exchange(int one, int other) {
        var changed = new ArrayList<>(chairs);
        var first = chairs.get(one).orElseThrow();
        var second = chairs.get(other).orElseThrow();
        changed.set(one, Optional.of(new Chair(second.player(), false, second.sinceMs(), Optional.empty())));
        changed.set(other, Optional.of(new Chair(first.player(), false, first.sinceMs(), Optional.empty())));
        return new Table(changed, reservations, host, round, running, last, published);
    }

    /** Somebody sits down where another player of this table sat. */
    Table replace(int seat, PlayerId player, long atMs) {
        return with(seat, Optional.of(Chair.of(player, atMs))).withHostPresent();
    }

    Table wish(PlayerId player, Chair.Wish wish) {
        int seat = seatOf(player).orElseThrow();
        return with(seat, Optional.of(chairs.get(seat).orElseThrow().with(wish)));
    }

    Table ready(PlayerId player) {
        int seat = seatOf(player).orElseThrow();
        return with(seat, Optional.of(chairs.get(seat).orElseThrow().with(true)));
    }

    Table reserve(Reservation held) {
        var all = new ArrayList<>(reservations);
        all.removeIf(it -> it.seat() == held.seat());
        all.add(held);
        return with(all);
    }

    /** Without the reservations that are over by then. */
    Table expire(long atMs) {
        return with(reservations.stream().filter(it -> it.untilMs() > atMs).toList());
    }

    boolean mayStart() {
        if (running.isPresent() || !published) return false;
        for (var chair : chairs) if (chair.isEmpty() || !chair.get().ready()) return false;
        return true;
    }

    /** The next round begins with everyone who sits here. */
    Table start() {
        var players = chairs.stream().map(chair -> chair.orElseThrow().player()).toList();
        var unready = chairs.stream()
                .map(chair -> Optional.of(chair.orElseThrow().with(false)))
                .toList();
        return new Table(
                unready, reservations, host, round + 1, Optional.of(new Round(players, List.of())), last, published);
    }

    Table with(Round progress) {
        return new Table(chairs, reservations, host, round, Optional.of(progress), last, published);
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
        return new Table(chairs, reservations, host, round, running, last, true);
    }

    /** A host who is away makes way for the player who sat down first of those who are not. */
    Table electHost(Set<PlayerId> away) {
        if (host.player().isPresent() && !away.contains(host.player().get())) return this;
        return longestSeated(away).map(this::hostedBy).orElse(this);
    }

    private Table withHostPresent() {
        if (host.player().isPresent() && seatOf(host.player().get()).isPresent()) return this;
        var next = longestSeated(Set.of());
        if (next.isPresent()) return hostedBy(next.get());
        return host.player().isEmpty()
                ? this
                : new Table(
                        chairs, reservations, new Host(Optional.empty(), host.term()), round, running, last, published);
    }

    private Optional<PlayerId> longestSeated(Set<PlayerId> away) {
        Chair longest = null;
        for (var chair : chairs) {
            if (chair.isEmpty() || away.contains(chair.get().player())) continue;
            if (longest == null || chair.get().sinceMs() < longest.sinceMs()) longest = chair.get();
        }
        return Optional.ofNullable(longest).map(Chair::player);
    }

    private Table hostedBy(PlayerId player) {
        var next = new Host(Optional.of(player), host.term() + 1);
        return new Table(chairs, reservations, next, round, running, last, published);
    }

    private Table ended(SettledRound settled) {
        return new Table(chairs, reservations, host, round, Optional.empty(), Optional.of(settled), false);
    }

    private Table with(List<Reservation> held) {
        return new Table(chairs, held, host, round, running, last, published);
    }

    private Table with(int seat, Optional<Chair> chair) {
        return new Table(withChair(seat, chair), reservations, host, round, running, last, published);
    }

    private List<Optional<Chair>> withChair(int seat, Optional<Chair> chair) {
        var changed = new ArrayList<>(chairs);
        changed.set(seat, chair);
        return changed;
    }
}

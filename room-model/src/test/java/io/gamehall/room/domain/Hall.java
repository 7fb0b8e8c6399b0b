package io.gamehall.room.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rooms, players and the clock of a story. Time begins at 0 s. */
final class Hall {
    static final RoomId FIRST_ROOM = new RoomId("a");
    static final long FIRST_SESSION = 7;

    private static final List<String> NAMES =
            List.of("ann", "bob", "cid", "dan", "eve", "fay", "gus", "hal", "ida", "jim");

    final Partition partition = new Partition();
    /** The answer to the last command. */
    Decision last;

    /** Whether what is asked for now must not be refused. */
    boolean mustAccept;

    private long nowMs;

    static PlayerId player(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) throw new IllegalArgumentException("Nobody is called " + name + ", but " + NAMES);
        return new PlayerId(index + 1);
    }

    /** @param names separated by commas */
    static List<PlayerId> players(String names) {
        return Arrays.stream(names.split(", ?")).map(Hall::player).toList();
    }

    static String name(PlayerId player) {
        int index = (int) player.value() - 1;
        return index < NAMES.size() ? NAMES.get(index) : "#" + player;
    }

    static Seat seat(String dotted) {
        var numbers = dotted.split("\\.");
        return new Seat(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    void ask(RoomCommand command) {
        last = Invariants.obey(partition, command);
        if (mustAccept && last instanceof Decision.Refused) throw new AssertionError(command + ": " + last);
    }

    long now() {
        return nowMs;
    }

    void pass(int seconds) {
        nowMs += seconds * 1_000L;
    }

    Room room(String id) {
        return partition.room(new RoomId(id)).orElseThrow();
    }

    Room firstRoom() {
        return partition.room(FIRST_ROOM).orElseThrow();
    }

    /** Where a player is, or else the first room: that is where he or she asks for things. */
    RoomId roomOf(PlayerId player) {
        return partition.whereabouts(player).stream()
                .filter(id ->
                        partition.room(id).flatMap(room -> room.member(player)).isPresent())
                .findFirst()
                .orElse(FIRST_ROOM);
    }

    /** A table in one line: who sits where ({@code *} host, {@code !} ready), held seats in brackets, dots are free. */
    String table(int number) {
        var table = firstRoom().table(number);
        var line = new StringBuilder();
        for (int seat = 0; seat < table.chairs().size(); seat++) {
            if (seat > 0) line.append(' ');
            line.append(seat(table, seat));
        }
        return line.toString();
    }

    private static String seat(Table table, int seat) {
        var chair = table.chairs().get(seat);
        if (chair.isPresent()) {
            var player = chair.get().player();
            boolean host = table.host().player().equals(Optional.of(player));
            return name(player) + (host ? "*" : "") + (chair.get().ready() ? "!" : "");
        }
        return table.reservationOf(seat)
                .map(held -> "(" + name(held.player()) + ")")
                .orElse(".");
    }
}

package io.gamehall.room.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What players, operators and the clock do in a story. */
final class Steps extends Sentences {
    private static final Pattern IN_SESSION = Pattern.compile("(.*) in session (\\d+)");

    private final Hall hall;
    private long session;

    Steps(Hall hall) {
        this.hall = hall;
        rooms();
        comingAndGoing();
        seats();
        rounds();
        talk();
    }

    @Override
    void say(String sentence) {
        var told = IN_SESSION.matcher(sentence);
        boolean tells = told.matches();
        session = tells ? Long.parseLong(told.group(2)) : Hall.FIRST_SESSION;
        super.say(tells ? told.group(1) : sentence);
    }

    private void rooms() {
        sentence("room NAME for N", it -> open(it, RoomSetup.withTablesForAll("upgrade", 4, number(it, 2))));
        sentence("room NAME of NAME for N", it -> open(it, RoomSetup.withTablesForAll(it.group(2), 4, number(it, 3))));
        sentence(
                "room NAME for N with N tables of N",
                it -> open(it, new RoomSetup("upgrade", number(it, 4), number(it, 3), number(it, 2), true, 0)));
        sentence(
                "room NAME is ensured for N",
                it -> hall.ask(new RoomCommand.EnsureRoom(
                        new RoomId(it.group(1)), RoomSetup.withTablesForAll("upgrade", 4, number(it, 2)))));
        sentence("room NAME closes", it -> hall.ask(new RoomCommand.CloseRoom(new RoomId(it.group(1)), 0)));
        sentence(
                "room NAME closes and drains by N s",
                it -> hall.ask(new RoomCommand.CloseRoom(new RoomId(it.group(1)), number(it, 2) * 1_000L)));
        sentence(
                "room NAME gets N places",
                it -> hall.ask(new RoomCommand.ChangeCapacity(new RoomId(it.group(1)), number(it, 2))));
        sentence(
                "room NAME looks at the clock",
                it -> hall.ask(new RoomCommand.Advance(new RoomId(it.group(1)), hall.now())));
        sentence("N s pass", it -> hall.pass(number(it, 1)));
    }

    private void open(MatchResult sentence, RoomSetup setup) {
        hall.ask(new RoomCommand.OpenRoom(new RoomId(sentence.group(1)), setup));
    }

    private void comingAndGoing() {
        sentence("NAMES enters? NAME", it -> each(it, player -> enter(player, it.group(2), false)));
        sentence("NAMES enters? NAME or waits?", it -> each(it, player -> enter(player, it.group(2), true)));
        sentence("N others wait for NAME", it -> {
            for (int i = 1; i <= number(it, 1); i++) hall.ask(enter(new PlayerId(1_000 + i), it.group(2), true));
        });
        sentence(
                "NAMES enters? any room of NAME",
                it -> each(it, player -> new RoomCommand.AutoEnter(it.group(2), player, session, hall.now())));
        sentence(
                "NAMES leaves? NAME",
                it -> each(it, player -> new RoomCommand.Leave(new RoomId(it.group(2)), player, session, hall.now())));
        sentence(
                "NAMES (?:is|are) removed from NAME",
                it -> each(it, player -> new RoomCommand.Remove(new RoomId(it.group(2)), player, hall.now())));
    }

    private RoomCommand enter(PlayerId player, String room, boolean wait) {
        return new RoomCommand.Enter(new RoomId(room), player, session, wait, hall.now());
    }

    private void seats() {
        sentence("table N: (.*)", it -> gather(number(it, 1), it.group(2).split(" ")));
        sentence(
                "NAMES takes? any seat",
                it -> each(it, player -> new RoomCommand.QuickJoin(hall.roomOf(player), player, session, hall.now())));
        sentence(
                "NAME sits down at SEAT",
                it -> each(
                        it,
                        player -> new RoomCommand.Sit(
                                hall.roomOf(player), player, session, Hall.seat(it.group(2)), hall.now())));
        sentence(
                "NAME sits down with NAMES",
                it -> each(
                        it,
                        player -> new RoomCommand.SitTogether(
                                hall.roomOf(player), player, session, Hall.players(it.group(2)), hall.now())));
        sentence(
                "NAME holds seats for NAMES for N s",
                it -> each(
                        it,
                        player -> new RoomCommand.Reserve(
                                hall.roomOf(player),
                                player,
                                session,
                                Hall.players(it.group(2)),
                                number(it, 3),
                                hall.now())));
        sentence(
                "NAME wants SEAT",
                it -> each(
                        it,
                        player -> new RoomCommand.Swap(
                                hall.roomOf(player), player, session, Hall.seat(it.group(2)), hall.now())));
        sentence(
                "NAMES stands? up",
                it -> each(it, player -> new RoomCommand.Stand(hall.roomOf(player), player, session, hall.now())));
        sentence(
                "NAMES (?:is|are) away from table N",
                it -> hall.ask(new RoomCommand.ElectHost(
                        Hall.FIRST_ROOM, number(it, 2), Set.copyOf(Hall.players(it.group(1))))));
    }

    /** Players come to the first room and sit down at a table in that order, a second apart. */
    private void gather(int table, String[] names) {
        for (int seat = 0; seat < names.length; seat++) {
            if (names[seat].equals(".")) continue;
            var player = Hall.player(names[seat]);
            hall.ask(enter(player, Hall.FIRST_ROOM.value(), false));
            hall.ask(new RoomCommand.Sit(Hall.FIRST_ROOM, player, session, new Seat(table, seat), hall.now()));
            hall.pass(1);
        }
    }

    private void rounds() {
        sentence(
                "NAMES (?:is|are) ready",
                it -> each(it, player -> new RoomCommand.Ready(hall.roomOf(player), player, session, hall.now())));
        sentence("NAMES reports? ([-+0-9 ]+)", it -> each(it, player -> report(player, 0, 0, it.group(2))));
        sentence(
                "NAMES reports? ([-+0-9 ]+) in round N of table N",
                it -> each(it, player -> report(player, number(it, 4), number(it, 3), it.group(2))));
        sentence(
                "NAMES reports? for NAMES",
                it -> each(
                        it,
                        player -> new RoomCommand.ReportResult(
                                Hall.FIRST_ROOM,
                                player,
                                session,
                                0,
                                1,
                                points(listOf(it.group(2)), "0 0 0 0 0"),
                                hall.now())));
        sentence(
                "round N of table N is published",
                it -> hall.ask(new RoomCommand.ConfirmPublished(Hall.FIRST_ROOM, number(it, 2), number(it, 1))));
    }

    /** @param round 0: the present one */
    private RoomCommand report(PlayerId player, int number, long round, String points) {
        var table = hall.firstRoom()
                .table(Math.max(0, number) % hall.firstRoom().setup().tables());
        var players = table.running().map(Round::players).or(() -> table.last().map(SettledRound::players));
        return new RoomCommand.ReportResult(
                Hall.FIRST_ROOM,
                player,
                session,
                number,
                round == 0 ? table.round() : round,
                points(players.orElse(List.of(player)), points),
                hall.now());
    }

    private static List<Score> points(List<PlayerId> players, String points) {
        var numbers = Arrays.stream(points.split(" ")).map(Integer::valueOf).toList();
        var scores = new ArrayList<Score>();
        for (int i = 0; i < players.size(); i++) scores.add(new Score(players.get(i), numbers.get(i)));
        return scores;
    }

    private static List<PlayerId> listOf(String names) {
        return Hall.players(names);
    }

    private void talk() {
        sentence(
                "NAME says '(.*)'",
                it -> each(
                        it,
                        player -> new RoomCommand.Say(hall.roomOf(player), player, session, it.group(2), hall.now())));
        sentence(
                "NAME whispers '(.*)' to NAME",
                it -> each(
                        it,
                        player -> new RoomCommand.Whisper(
                                hall.roomOf(player),
                                player,
                                session,
                                Hall.player(it.group(3)),
                                it.group(2),
                                hall.now())));
        sentence(
                "NAME signals NAME",
                it -> each(
                        it,
                        player -> new RoomCommand.Signal(
                                hall.roomOf(player),
                                player,
                                session,
                                Hall.player(it.group(2)),
                                new Payload(new byte[] {1}),
                                hall.now())));
    }

    private void each(MatchResult sentence, Function<PlayerId, RoomCommand> command) {
        Hall.players(sentence.group(1)).forEach(player -> hall.ask(command.apply(player)));
    }
}

package io.gamehall.room.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.room.domain.Decision.Accepted;
import io.gamehall.room.domain.Decision.Placed;
import io.gamehall.room.domain.Decision.Reason;
import io.gamehall.room.domain.Decision.Refused;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Decision.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.MatchResult;

/** What a story says about the last answer, and about how things are. */
final class Expectations extends Sentences {
    private final Hall hall;

    Expectations(Hall hall) {
        this.hall = hall;
        answersToGuests();
        answersToPlayers();
        rooms();
        tables();
        sentence("([A-Z_]+)(?: \\((.*)\\))?", this::refused);
    }

    private void answersToGuests() {
        sentence(
                "in NAME, N of N",
                it -> answered(new Reply.Entered(new RoomId(it.group(1)), number(it, 2), number(it, 3))));
        sentence(
                "number N in line for NAME, N of N",
                it -> answered(
                        new Reply.Waiting(new RoomId(it.group(2)), number(it, 3), number(it, 4), number(it, 1))));
        sentence("left", _ -> answered(new Reply.Left()));
        sentence("done", _ -> answered(new Reply.Done()));
        sentence("said", _ -> answered(new Reply.Relay(0, 0)));
        sentence(
                "signalled at table N under host term N",
                it -> answered(new Reply.Relay(number(it, 1), number(it, 2))));
        sentence("nothing changes", _ -> assertThat(accepted().events()).isEmpty());
    }

    private void answersToPlayers() {
        sentence("seated at SEAT", it -> answered(new Reply.Seated(Hall.FIRST_ROOM, Hall.seat(it.group(1)))));
        sentence(
                "seated at table N: (.*)",
                it -> answered(new Reply.GroupSeated(Hall.FIRST_ROOM, number(it, 1), placed(it.group(2)), 0)));
        sentence(
                "held until N s at table N: (.*)",
                it -> answered(new Reply.GroupSeated(
                        Hall.FIRST_ROOM, number(it, 2), placed(it.group(3)), number(it, 1) * 1_000L)));
        sentence("swapped", _ -> answered(new Reply.Swapped()));
        sentence(
                "NAME may agree until N s",
                it -> answered(new Reply.SwapWished(Hall.player(it.group(1)), number(it, 2) * 1_000L)));
        sentence("stood up", _ -> answered(new Reply.Stood()));
        sentence("ready for round N", it -> answered(new Reply.ReadyNoted(false, number(it, 1))));
        sentence("round N starts", it -> answered(new Reply.ReadyNoted(true, number(it, 1))));
        sentence(
                "(counted|settled|disputed)",
                it -> answered(
                        new Reply.ResultNoted(Standing.valueOf(it.group(1).toUpperCase(Locale.ROOT)))));
    }

    private static List<Placed> placed(String placed) {
        return Arrays.stream(placed.split(", "))
                .map(one -> one.split(" on "))
                .map(one -> new Placed(Hall.player(one[0]), Integer.parseInt(one[1])))
                .toList();
    }

    private void rooms() {
        sentence("NAME holds nobody", it -> assertThat(hall.room(it.group(1)).members())
                .isEmpty());
        sentence("NAME holds NAMES", it -> assertThat(hall.room(it.group(1)).members())
                .containsExactlyElementsOf(Hall.players(it.group(2))));
        sentence(
                "NAME counts N players",
                it -> assertThat(hall.room(it.group(1)).population()).isEqualTo(number(it, 2)));
        sentence(
                "nobody waits for NAME",
                it -> assertThat(hall.room(it.group(1)).waiting()).isEmpty());
        sentence(
                "NAMES waits? for NAME", it -> assertThat(hall.room(it.group(2)).waiting())
                        .containsExactlyElementsOf(Hall.players(it.group(1))));
        sentence(
                "NAME calls the next in line",
                it -> assertThat(hall.room(it.group(1)).admitsWaiter()).isTrue());
        sentence("NAME calls nobody", it -> assertThat(hall.room(it.group(1)).admitsWaiter())
                .isFalse());
        sentence("NAME is open for N", it -> assertThat(hall.room(it.group(1)).setup())
                .extracting(RoomSetup::open, RoomSetup::capacity, RoomSetup::drainByMs)
                .containsExactly(true, number(it, 2), 0L));
        sentence("NAME is closed, to drain by N s", it -> assertThat(
                        hall.room(it.group(1)).setup())
                .extracting(RoomSetup::open, RoomSetup::drainByMs)
                .containsExactly(false, number(it, 2) * 1_000L));
        sentence("NAME is in NAME by session N", it -> assertThat(
                        hall.room(it.group(2)).member(Hall.player(it.group(1))))
                .hasValueSatisfying(member -> assertThat(member.generation()).isEqualTo(number(it, 3))));
        sentence("NAME waits by session N", it -> assertThat(hall.firstRoom().waiter(Hall.player(it.group(1))))
                .hasValueSatisfying(waiter -> assertThat(waiter.generation()).isEqualTo(number(it, 2))));
        sentence("in this order: (.*)", it -> assertThat(happened()).isEqualTo(it.group(1)));
    }

    private void tables() {
        sentence("table N: (.*)", it -> assertThat(hall.table(number(it, 1))).isEqualTo(it.group(2)));
        sentence("host term N at table N", it -> assertThat(table(it, 2).host().term())
                .isEqualTo(number(it, 1)));
        sentence("round N runs at table N", it -> {
            assertThat(table(it, 2).running()).isPresent();
            assertThat(table(it, 2).round()).isEqualTo(number(it, 1));
        });
        sentence("no round runs", _ -> assertThat(hall.firstRoom().playingCount())
                .isZero());
        sentence("round N of table N ended ([-+0-9 ]+)", it -> {
            var settled = table(it, 2).last().orElseThrow();
            assertThat(settled.number()).isEqualTo(number(it, 1));
            assertThat(settled.disputed()).isFalse();
            assertThat(points(settled)).isEqualTo(it.group(3));
        });
        sentence("round N of table N is disputed", it -> {
            var settled = table(it, 2).last().orElseThrow();
            assertThat(settled.number()).isEqualTo(number(it, 1));
            assertThat(settled.disputed()).isTrue();
            assertThat(settled.scores()).isEmpty();
        });
        sentence("table N is to be published", it -> assertThat(hall.firstRoom().unpublished())
                .containsExactly(number(it, 1)));
        sentence("everything is published", _ -> assertThat(hall.firstRoom().unpublished())
                .isEmpty());
    }

    /** In the order of the seats, as the players reported them. */
    private static String points(SettledRound settled) {
        var byPlayer = new TreeMap<PlayerId, Integer>();
        settled.scores().forEach(score -> byPlayer.put(score.player(), score.points()));
        var line = new ArrayList<String>();
        for (var player : settled.players()) {
            int points = byPlayer.get(player);
            line.add(points > 0 ? "+" + points : Integer.toString(points));
        }
        return String.join(" ", line);
    }

    private Table table(MatchResult sentence, int group) {
        return hall.firstRoom().table(number(sentence, group));
    }

    private void refused(MatchResult sentence) {
        assertThat(hall.last).isInstanceOf(Refused.class);
        var refused = (Refused) hall.last;
        assertThat(refused.reason()).isEqualTo(Reason.valueOf(sentence.group(1)));
        var told = new ArrayList<String>();
        new TreeMap<>(refused.particulars()).forEach((key, value) -> told.add(key + " " + value));
        if (sentence.group(2) != null) assertThat(String.join(", ", told)).isEqualTo(sentence.group(2));
    }

    private void answered(Reply reply) {
        assertThat(accepted().reply()).isEqualTo(reply);
    }

    private Accepted accepted() {
        assertThat(hall.last).isInstanceOf(Accepted.class);
        return (Accepted) hall.last;
    }

    /** The events of the last decision in a few words each. */
    private String happened() {
        var words = accepted().events().stream().map(event -> switch (event) {
            case RoomEvent.RoomChanged changed -> "room " + changed.room();
            case RoomEvent.MemberChanged changed -> Hall.name(changed.player()) + " into " + changed.room();
            case RoomEvent.PlayerWaits waits -> Hall.name(waits.player()) + " waits for " + waits.room();
            case RoomEvent.MemberLeft left -> Hall.name(left.player()) + " from " + left.room();
            case RoomEvent.TableChanged changed -> "table " + changed.number();
        });
        return String.join(", ", words.toList());
    }
}

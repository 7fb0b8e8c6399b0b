package io.gamehall.room.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.room.domain.Chair;
import io.gamehall.room.domain.Decision.Accepted;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Member;
import io.gamehall.room.domain.Partition;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RandomCommands;
import io.gamehall.room.domain.Reservation;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomEvent.MemberChanged;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.PlayerWaits;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomRules;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.domain.Round;
import io.gamehall.room.domain.Score;
import io.gamehall.room.domain.Seat;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.domain.Table;
import io.gamehall.room.domain.Waiter;
import io.gamehall.room.journal.JournalRecord.Content;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalCodecTest {
    private static final int SEEDS = 20;
    private static final RoomId ROOM = new RoomId("mahjong-001");
    private static final PlayerId ANN = new PlayerId(41);
    /** The greatest id there can be. */
    private static final PlayerId BOB = new PlayerId(-1);

    private static final PlayerId CID = new PlayerId(43);
    private static final RoomEvent OPENED = new RoomChanged(ROOM, RoomSetup.withTablesForAll("mahjong", 4, 400));

    static List<RoomEvent> everyKindOfEvent() {
        return List.of(
                OPENED,
                new RoomChanged(ROOM, new RoomSetup("upgrade", 2, 1_000, 1, false, 99)),
                new MemberChanged(ROOM, ANN, new Member(3, 5)),
                new MemberChanged(ROOM, BOB, new Member(0, 0)),
                new PlayerWaits(ROOM, BOB, new Waiter(9, 3, 5)),
                new MemberLeft(ROOM, BOB),
                new TableChanged(ROOM, 0, Table.empty(2)),
                new TableChanged(ROOM, 999, playing()));
    }

    /** A table that has everything a table can have. */
    private static Table playing() {
        var scores = List.of(new Score(ANN, 5), new Score(BOB, -5));
        return new Table(
                List.of(
                        Optional.of(new Chair(ANN, true, 12, Optional.of(new Chair.Wish(new Seat(7, 1), 88)))),
                        Optional.of(new Chair(BOB, false, 13, Optional.empty())),
                        Optional.empty()),
                List.of(new Reservation(2, CID, ANN, 99)),
                new Table.Host(Optional.of(BOB), 4),
                9,
                Optional.of(new Round(List.of(ANN, BOB), List.of(new Round.Report(BOB, scores)))),
                Optional.of(new SettledRound(8, false, scores, List.of(ANN, BOB), 77)),
                true);
    }

    @ParameterizedTest
    @MethodSource("everyKindOfEvent")
    void an_event_survives_the_journal(RoomEvent event) {
        assertThat(throughBytes(event)).isEqualTo(new Content.Happened(event));
    }

    @Test
    void no_kind_of_event_is_forgotten_here() {
        assertThat(everyKindOfEvent().stream().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(RoomEvent.class.getPermittedSubclasses());
    }

    @Test
    void whatever_happens_in_rooms_survives_the_journal() {
        forRandomDecisions((_, accepted) -> accepted.events()
                .forEach(event -> assertThat(throughBytes(event)).isEqualTo(new Content.Happened(event))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "room-b"})
    void a_claim_survives_the_journal(String successor) {
        var claim = new OwnerClaim("room-a", "10.0.0.1:1", "n1", 17, !successor.isEmpty(), successor);

        assertThat(JournalCodec.decode(JournalCodec.OWNER, Optional.of(JournalCodec.value(claim))))
                .isEqualTo(new Content.Claimed(claim));
    }

    @Test
    void what_players_were_answered_survives_the_journal() {
        var requests = new ArrayList<String>();
        forRandomDecisions((command, accepted) -> {
            if (!(command instanceof RoomCommand.ByPlayer asked) || accepted.reply() instanceof Reply.Relay) return;
            requests.add("request-" + requests.size());
            var answer = new Answer(asked.player(), requests.getLast(), accepted.reply());
            assertThat(JournalCodec.answer(JournalCodec.value(answer))).contains(answer);
        });
        assertThat(requests).hasSizeGreaterThan(1_000);
    }

    /** A message is no change: it stands in a record only when a newer session came with it. */
    @Test
    void that_a_message_may_be_sent_is_decided_anew() {
        var answer = new Answer(ANN, "r1", new Reply.Relay(3, 4));

        assertThat(JournalCodec.answer(JournalCodec.value(answer))).isEmpty();
    }

    @Test
    void the_truth_about_every_key_can_be_told_again() {
        forRandomStates(state -> {
            for (var event : state.everything()) {
                assertThat(JournalCodec.current(JournalCodec.key(event), state)).contains(event);
            }
        });
    }

    @Test
    void of_a_player_who_is_not_there_that_he_left() {
        assertThat(JournalCodec.current("member/mahjong-001/7", opened()))
                .contains(new MemberLeft(ROOM, new PlayerId(7)));
        assertThat(JournalCodec.current("member/mahjong-001/" + BOB, opened())).contains(new MemberLeft(ROOM, BOB));
    }

    @Test
    void of_a_table_where_nobody_ever_sat_that_it_is_empty() {
        assertThat(JournalCodec.current("table/mahjong-001/0", opened()))
                .contains(new TableChanged(ROOM, 0, Table.empty(4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner",
                "",
                "/",
                "member/mahjong-001",
                "member/mahjong-001/0",
                "member/mahjong-001/x",
                "member/mahjong-001/99999999999999999999",
                "room/UPPER",
                "room/mahjong-002",
                "table/mahjong-001/x",
                "table/mahjong-001/-1",
                "table/mahjong-001/900",
                "table/mahjong-001/0/0",
                "junk/mahjong-001/1"
            })
    void nothing_true_can_be_said_of_other_keys(String key) {
        assertThat(JournalCodec.current(key, opened())).isEmpty();
    }

    /** Else the repair would be of another key, and never end. */
    @ParameterizedTest
    @ValueSource(strings = {"table/mahjong-001/007", "table/mahjong-001/00"})
    void nor_of_a_key_that_nobody_writes(String key) {
        assertThat(JournalCodec.current(key, opened())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                "owner",
                "room/x",
                "member/room",
                "member/room/nobody",
                "table/Room!/1",
                "junk/1/2"
            })
    void damaged_records_are_unreadable_and_nothing_worse(String key) {
        assertThat(JournalCodec.decode(key, Optional.of(new byte[] {1, 2, 3}))).isInstanceOf(Content.Unreadable.class);
        assertThat(JournalCodec.decode(key, Optional.empty())).isInstanceOf(Content.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "room/mahjong-001", "table/mahjong-001/0"})
    void only_players_are_ever_removed(String key) {
        assertThat(JournalCodec.decode(key, Optional.empty())).isInstanceOf(Content.Unreadable.class);
    }

    @Test
    void a_kind_of_record_of_a_newer_version_is_unreadable() {
        assertThat(JournalCodec.decode("room/x", Optional.of(new byte[0]))).isInstanceOf(Content.Unreadable.class);
    }

    /** Compaction would keep it beside the true one. */
    @ParameterizedTest
    @ValueSource(
            strings = {"owner/x", "member/mahjong-001/7", "table/mahjong-001/7", "room/mahjong-001/x", "x/mahjong-001"})
    void a_room_under_a_key_that_is_not_its_own_is_unreadable(String key) {
        assertThat(JournalCodec.decode(key, JournalCodec.value(OPENED))).isInstanceOf(Content.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"member/mahjong-001/007", "member/mahjong-001/+7", "room/mahjong-001/7"})
    void a_member_under_a_key_that_is_not_his_own_is_unreadable(String key) {
        var member = new MemberChanged(ROOM, new PlayerId(7), new Member(1, 1));

        assertThat(JournalCodec.decode(key, JournalCodec.value(member))).isInstanceOf(Content.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"room/mahjong-001", "", "member/mahjong-001/7"})
    void a_claim_under_another_key_is_unreadable(String key) {
        var claim = JournalCodec.value(new OwnerClaim("room-a", "10.0.0.1:1", "n1", 17));

        assertThat(JournalCodec.decode(key, Optional.of(claim))).isInstanceOf(Content.Unreadable.class);
    }

    /** To decode never throws; that it comes to an end is all that can be said of the outcome. */
    @Test
    void no_bytes_and_no_key_do_harm() {
        var random = new Random(1);
        var values = new ArrayList<byte[]>();
        everyKindOfEvent().forEach(event -> JournalCodec.value(event).ifPresent(values::add));
        values.add(JournalCodec.value(new OwnerClaim("room-a", "10.0.0.1:1", "n1", 17, true, "room-b")));
        values.add(JournalCodec.value(new Answer(ANN, "r1", new Reply.Entered(ROOM, 1, 2))));
        for (int i = 0; i < 50_000; i++) {
            var value = damaged(values.get(random.nextInt(values.size())), random);
            assertThat(JournalCodec.decode(key(random), Optional.of(value))).isNotNull();
            assertThat(JournalCodec.answer(value)).isNotNull();
            assertThat(JournalCodec.current(key(random), opened())).isNotNull();
        }
    }

    private static byte[] damaged(byte[] value, Random random) {
        if (random.nextInt(4) == 0) {
            var noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            return noise;
        }
        var copy = Arrays.copyOf(value, random.nextInt(3) == 0 ? random.nextInt(value.length + 1) : value.length);
        for (int i = random.nextInt(4); i > 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    private static String key(Random random) {
        var words = List.of(
                "room", "member", "table", "owner", "mahjong-001", "x", "", "/", "/", "/", "0", "7", "-1", "\u5347");
        var key = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) key.append(words.get(random.nextInt(words.size())));
        return key.toString();
    }

    private static Content throughBytes(RoomEvent event) {
        return JournalCodec.decode(JournalCodec.key(event), JournalCodec.value(event));
    }

    private static Partition opened() {
        var partition = new Partition();
        partition.apply(OPENED);
        return partition;
    }

    private static void forRandomStates(Consumer<Partition> check) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var journal = new RandomJournal(seed, 300);
            check.accept(journal.reader.state());
        }
    }

    private static void forRandomDecisions(BiConsumer<RoomCommand, Accepted> check) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var partition = new Partition();
            var commands = new RandomCommands(seed);
            RandomCommands.opening().forEach(open -> decide(partition, open, check));
            for (int i = 0; i < 500; i++) decide(partition, commands.next(partition), check);
        }
    }

    private static void decide(Partition partition, RoomCommand command, BiConsumer<RoomCommand, Accepted> check) {
        if (!(RoomRules.decide(partition, command) instanceof Accepted accepted)) return;
        check.accept(command, accepted);
        accepted.events().forEach(partition::apply);
    }
}

package io.gamehall.room.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.room.domain.Chair;
import io.gamehall.room.domain.Member;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomEvent.MemberChanged;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.domain.Round;
import io.gamehall.room.domain.Score;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.domain.Table;
import io.gamehall.room.journal.PartitionReplica.Reading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionReplicaTest {
    private static final RoomId ROOM = new RoomId("mahjong-001");
    private static final PlayerId ANN = new PlayerId(41);
    private static final PlayerId BOB = new PlayerId(-2);
    private static final RoomEvent OPENED = new RoomChanged(ROOM, RoomSetup.withTablesForAll("mahjong", 4, 400));
    private static final RoomEvent ANN_ENTERED = new MemberChanged(ROOM, ANN, new Member(3, 5));
    private static final OwnerClaim A = new OwnerClaim("room-a", "10.0.0.1:1", "n1", 0);
    private static final OwnerClaim B = new OwnerClaim("room-b", "10.0.0.2:1", "n2", 0);

    private final PartitionReplica replica = new PartitionReplica();
    private long offset;

    @Test
    void records_of_the_current_term_are_believed() {
        assertThat(claim(1, A)).isEqualTo(new Reading.NewOwner(A, 1));

        assertThat(write(1, OPENED)).isEqualTo(new Reading.Applied(OPENED));
        assertThat(replica.state().room(ROOM)).isPresent();
        assertThat(replica.nextOffset()).isEqualTo(2);
    }

    @Test
    void records_of_a_lower_term_are_dropped_and_their_keys_are_to_be_repaired() {
        claim(1, A);
        write(1, OPENED);
        claim(2, B);

        assertThat(write(1, ANN_ENTERED)).isInstanceOf(Reading.Dropped.class);
        assertThat(replica.state().whereabouts(ANN)).isEmpty();
        assertThat(replica.staleKeys()).containsExactly("member/mahjong-001/41");

        write(2, new MemberLeft(ROOM, ANN));
        assertThat(replica.staleKeys()).isEmpty();
    }

    @Test
    void the_first_claim_of_a_term_wins() {
        claim(1, A);

        assertThat(claim(1, B)).isInstanceOf(Reading.Dropped.class);
        assertThat(replica.owner()).contains(A);
        assertThat(replica.staleKeys()).containsExactly(JournalCodec.OWNER);
        assertThat(claim(1, A)).isEqualTo(new Reading.ClaimRepeated());
        assertThat(replica.staleKeys()).isEmpty();
    }

    @Test
    void after_compaction_records_of_older_terms_stand_before_the_last_claim() {
        write(3, OPENED);
        write(5, ANN_ENTERED);
        claim(7, B);

        assertThat(replica.term()).isEqualTo(7);
        assertThat(replica.state().whereabouts(ANN)).containsExactly(ROOM);
    }

    @Test
    void members_wait_for_their_room_when_compaction_brings_them_first() {
        write(1, ANN_ENTERED);
        write(1, OPENED);

        assertThat(replica.state().room(ROOM).orElseThrow().member(ANN)).contains(new Member(3, 5));
    }

    @Test
    void a_table_that_the_room_does_not_have_is_dropped() {
        claim(1, A);
        write(1, OPENED);

        assertThat(write(1, new TableChanged(ROOM, 100, Table.empty(4)))).isInstanceOf(Reading.Dropped.class);
        assertThat(write(1, new TableChanged(ROOM, 1, Table.empty(3)))).isInstanceOf(Reading.Dropped.class);
    }

    @Test
    void what_is_true_of_a_key_can_be_said_again() {
        write(1, OPENED);
        write(1, ANN_ENTERED);

        assertThat(JournalCodec.current("member/mahjong-001/41", replica.state()))
                .contains(ANN_ENTERED);
        assertThat(JournalCodec.current("member/mahjong-001/7", replica.state()))
                .contains(new MemberLeft(ROOM, new PlayerId(7)));
        assertThat(JournalCodec.current("member/mahjong-001/" + BOB, replica.state()))
                .contains(new MemberLeft(ROOM, BOB));
        assertThat(JournalCodec.current("room/mahjong-001", replica.state())).contains(OPENED);
        assertThat(JournalCodec.current("table/mahjong-001/0", replica.state()))
                .contains(new TableChanged(ROOM, 0, Table.empty(4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner",
                "",
                "member/mahjong-001",
                "room/UPPER",
                "table/mahjong-001/x",
                "table/mahjong-001/900",
                "member/mahjong-001/99999999999999999999"
            })
    void nothing_true_can_be_said_of_other_keys(String key) {
        write(1, OPENED);

        assertThat(JournalCodec.current(key, replica.state())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyKindOfEvent")
    void events_survive_the_journal(RoomEvent event) {
        assertThat(JournalCodec.decode(JournalCodec.key(event), JournalCodec.value(event)))
                .isEqualTo(new JournalRecord.Content.Happened(event));
    }

    static List<RoomEvent> everyKindOfEvent() {
        var scores = List.of(new Score(ANN, 5), new Score(BOB, -5));
        var playing = new Table(
                List.of(Optional.of(new Chair(ANN, true)), Optional.empty()),
                9,
                Optional.of(new Round(List.of(ANN, BOB), List.of(new Round.Report(BOB, scores)))),
                Optional.of(new SettledRound(8, false, scores, List.of(ANN, BOB), 77)),
                true);
        return List.of(OPENED, ANN_ENTERED, new MemberLeft(ROOM, BOB), new TableChanged(ROOM, 3, playing));
    }

    @Test
    void a_claim_survives_the_journal() {
        assertThat(JournalCodec.decode(JournalCodec.OWNER, Optional.of(JournalCodec.value(A))))
                .isEqualTo(new JournalRecord.Content.Claimed(A));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "owner", "room/x", "member/room", "member/room/nobody", "table/Room!/1", "junk/1/2"})
    void damaged_records_are_unreadable_and_nothing_worse(String key) {
        assertThat(JournalCodec.decode(key, Optional.of(new byte[] {1, 2, 3})))
                .isInstanceOf(JournalRecord.Content.Unreadable.class);
        assertThat(JournalCodec.decode(key, Optional.empty())).isInstanceOf(JournalRecord.Content.Unreadable.class);
    }

    private Reading write(long term, RoomEvent event) {
        return replica.read(
                offset++, new JournalRecord(term, JournalCodec.key(event), new JournalRecord.Content.Happened(event)));
    }

    private Reading claim(long term, OwnerClaim claim) {
        return replica.read(
                offset++, new JournalRecord(term, JournalCodec.OWNER, new JournalRecord.Content.Claimed(claim)));
    }
}

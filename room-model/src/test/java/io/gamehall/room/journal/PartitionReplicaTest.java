package io.gamehall.room.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Member;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomEvent.MemberChanged;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.domain.Table;
import io.gamehall.room.journal.JournalRecord.Content;
import io.gamehall.room.journal.PartitionReplica.Reading;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PartitionReplicaTest {
    private static final RoomId ROOM = new RoomId("mahjong-001");
    private static final PlayerId ANN = new PlayerId(41);
    private static final RoomEvent OPENED = new RoomChanged(ROOM, RoomSetup.withTablesForAll("mahjong", 4, 400));
    private static final RoomEvent ANN_ENTERED = new MemberChanged(ROOM, ANN, new Member(3, 5));
    private static final RoomEvent NO_SUCH_TABLE = new TableChanged(ROOM, 100, Table.empty(4));
    private static final OwnerClaim A = new OwnerClaim("room-a", "10.0.0.1:1", "n1", 0);
    private static final OwnerClaim B = new OwnerClaim("room-b", "10.0.0.2:1", "n2", 0);

    private final PartitionReplica replica = new PartitionReplica(3);
    private long offset;

    @Nested
    class Terms {
        @Test
        void records_of_the_current_term_are_believed() {
            assertThat(claim(1, A)).isEqualTo(new Reading.NewOwner(A, 1));

            assertThat(write(1, OPENED)).isEqualTo(new Reading.Applied(OPENED));
            assertThat(replica.state().room(ROOM)).isPresent();
            assertThat(replica.nextOffset()).isEqualTo(2);
        }

        @Test
        void records_of_a_lower_term_are_dropped() {
            claim(1, A);
            write(1, OPENED);
            claim(2, B);

            assertThat(write(1, ANN_ENTERED)).isInstanceOf(Reading.Dropped.class);
            assertThat(replica.state().whereabouts(ANN)).isEmpty();
        }

        @Test
        void the_first_claim_of_a_term_wins() {
            claim(1, A);

            assertThat(claim(1, B)).isInstanceOf(Reading.Dropped.class);
            assertThat(replica.owner()).contains(A);
            assertThat(replica.term()).isEqualTo(1);
        }

        @Test
        void a_claim_of_a_lower_term_is_dropped() {
            claim(2, A);

            assertThat(claim(1, B)).isInstanceOf(Reading.Dropped.class);
            assertThat(replica.owner()).contains(A);
        }

        @Test
        void the_owner_may_repeat_its_claim_and_name_a_successor() {
            claim(1, A);
            var handingOver = A.restated("room-b");

            assertThat(claim(1, handingOver)).isEqualTo(new Reading.ClaimRepeated(handingOver));
            assertThat(replica.owner()).contains(handingOver);
            assertThat(replica.term()).isEqualTo(1);
        }

        @Test
        void the_owner_may_think_again_and_stay() {
            claim(1, A);
            claim(1, A.restated("room-b"));

            assertThat(claim(1, A.restated(""))).isEqualTo(new Reading.ClaimRepeated(A.restated("")));
            assertThat(replica.owner().orElseThrow().handOverTo()).isEmpty();
        }

        @Test
        void the_successor_claims_a_term_of_its_own() {
            claim(1, A);
            claim(1, A.restated("room-b"));

            assertThat(claim(2, B)).isEqualTo(new Reading.NewOwner(B, 2));
            assertThat(claim(1, A)).isInstanceOf(Reading.Dropped.class);
        }
    }

    @Nested
    class StaleKeys {
        @Test
        void the_key_of_a_dropped_record_is_to_be_repaired() {
            claim(1, A);
            write(1, OPENED);
            claim(2, B);
            write(1, ANN_ENTERED);

            assertThat(replica.staleKeys()).containsExactly("member/mahjong-001/41");
        }

        @Test
        void and_is_repaired_by_the_next_record_that_is_believed() {
            claim(1, A);
            write(1, OPENED);
            claim(2, B);
            write(1, ANN_ENTERED);

            write(2, new MemberLeft(ROOM, ANN));

            assertThat(replica.staleKeys()).isEmpty();
        }

        @Test
        void but_not_by_another_that_is_not() {
            claim(3, A);
            write(1, ANN_ENTERED);
            write(2, ANN_ENTERED);

            assertThat(replica.staleKeys()).containsExactly("member/mahjong-001/41");
        }

        @Test
        void a_lost_claim_is_repaired_by_repeating_the_claim_that_won() {
            claim(1, A);
            claim(1, B);
            assertThat(replica.staleKeys()).containsExactly(JournalCodec.OWNER);

            claim(1, A.restated(""));

            assertThat(replica.staleKeys()).isEmpty();
        }

        @Test
        void and_by_a_new_owner() {
            claim(1, A);
            claim(1, B);
            claim(2, B);

            assertThat(replica.staleKeys()).isEmpty();
        }

        @Test
        void a_damaged_record_is_dropped_and_its_key_to_be_repaired() {
            claim(1, A);

            var reading =
                    replica.read(offset++, new JournalRecord(1, "room/mahjong-001", new Content.Unreadable("damaged")));

            assertThat(reading).isEqualTo(new Reading.Dropped("room/mahjong-001", "damaged"));
            assertThat(replica.staleKeys()).containsExactly("room/mahjong-001");
        }

        @Test
        void a_table_that_the_room_does_not_have_is_dropped() {
            claim(1, A);
            write(1, OPENED);

            assertThat(write(1, NO_SUCH_TABLE)).isInstanceOf(Reading.Dropped.class);
            assertThat(write(1, new TableChanged(ROOM, 1, Table.empty(3)))).isInstanceOf(Reading.Dropped.class);
            assertThat(replica.staleKeys()).containsExactlyInAnyOrder("table/mahjong-001/1", "table/mahjong-001/100");
        }
    }

    @Nested
    class Answers {
        private final Answer answer = new Answer(ANN, "r1", new Reply.Entered(ROOM, 1, 400));

        @Test
        void what_was_answered_is_remembered() {
            claim(1, A);
            write(1, OPENED);
            write(1, ANN_ENTERED, answer);

            assertThat(replica.answer(ANN, "r1")).contains(answer.reply());
            assertThat(replica.answer(ANN, "r2")).isEmpty();
            assertThat(replica.answer(new PlayerId(42), "r1")).isEmpty();
        }

        @Test
        void only_what_stands_in_a_believed_record() {
            claim(2, A);
            write(2, OPENED);
            write(1, ANN_ENTERED, answer);

            assertThat(replica.answer(ANN, "r1")).isEmpty();
        }

        @Test
        void nor_what_stands_in_a_record_that_does_not_fit() {
            claim(1, A);
            write(1, OPENED);
            write(1, NO_SUCH_TABLE, answer);

            assertThat(replica.answer(ANN, "r1")).isEmpty();
        }

        @Test
        void also_under_a_later_owner() {
            claim(1, A);
            write(1, OPENED);
            write(1, ANN_ENTERED, answer);
            claim(2, B);

            assertThat(replica.answer(ANN, "r1")).contains(answer.reply());
        }

        @Test
        void the_oldest_are_forgotten_when_there_are_too_many() {
            claim(1, A);
            write(1, OPENED);
            for (int i = 1; i <= 5; i++) write(1, ANN_ENTERED, new Answer(ANN, "r" + i, new Reply.Left()));

            assertThat(replica.answer(ANN, "r1")).isEmpty();
            assertThat(replica.answer(ANN, "r2")).isEmpty();
            for (int i = 3; i <= 5; i++)
                assertThat(replica.answer(ANN, "r" + i)).contains(new Reply.Left());
        }

        @Test
        void who_need_not_know_remembers_nothing() {
            var follower = new PartitionReplica();
            follower.read(0, new JournalRecord(1, "x", new Content.Happened(OPENED), Optional.of(answer)));

            assertThat(follower.answer(ANN, "r1")).isEmpty();
        }
    }

    @Nested
    class Compaction {
        @Test
        void records_of_older_terms_stand_before_the_last_claim() {
            write(3, OPENED);
            write(5, ANN_ENTERED);
            claim(7, B);

            assertThat(replica.term()).isEqualTo(7);
            assertThat(replica.state().whereabouts(ANN)).containsExactly(ROOM);
        }

        @Test
        void of_a_repeated_claim_only_the_last_is_left_behind_records_of_its_term() {
            write(3, OPENED);

            assertThat(claim(3, A.restated("room-b"))).isNotInstanceOf(Reading.Dropped.class);
            assertThat(replica.owner()).contains(A.restated("room-b"));
            assertThat(replica.staleKeys()).isEmpty();
        }

        @Test
        void a_claim_that_lost_is_not_believed_behind_records_of_its_term() {
            write(3, OPENED);

            assertThat(claim(3, B)).isInstanceOf(Reading.Dropped.class);
            assertThat(replica.owner()).isEmpty();
        }

        @Test
        void the_claim_that_won_is_believed_behind_one_that_lost() {
            claim(3, B);

            assertThat(claim(3, A.restated(""))).isNotInstanceOf(Reading.Dropped.class);
            assertThat(replica.owner()).contains(A.restated(""));
        }

        @Test
        void a_record_of_a_higher_term_ends_the_ownership_of_who_claimed_a_lower_one() {
            claim(1, A);
            write(3, OPENED);

            assertThat(replica.owner()).isEmpty();
            assertThat(replica.term()).isEqualTo(3);
        }

        @Test
        void members_and_tables_wait_for_their_room() {
            var table = new TableChanged(ROOM, 3, Table.empty(4));
            write(1, ANN_ENTERED);
            write(1, table);
            write(1, OPENED);

            assertThat(replica.state().room(ROOM).orElseThrow().member(ANN)).contains(new Member(3, 5));
        }

        @Test
        void a_table_that_its_room_turns_out_not_to_have_does_no_harm_to_the_room() {
            write(1, NO_SUCH_TABLE);
            write(1, ANN_ENTERED);

            assertThat(write(1, OPENED)).isEqualTo(new Reading.Applied(OPENED));
            assertThat(replica.state().whereabouts(ANN)).containsExactly(ROOM);
        }

        @Test
        void gaps_are_skipped_and_nothing_is_read_twice() {
            replica.skipTo(9);
            replica.skipTo(4);

            assertThat(replica.nextOffset()).isEqualTo(9);
        }
    }

    @Nested
    class RandomJournals {
        private static final int SEEDS = 60;

        @Test
        void whatever_compaction_has_removed_the_state_is_the_same() {
            for (long seed = 1; seed <= SEEDS; seed++) {
                var journal = new RandomJournal(seed, 400);
                var random = new Random(seed);
                for (int i = 0; i < 10; i++) {
                    long upTo = journal.settled.get(random.nextInt(journal.settled.size()));
                    var reader = new PartitionReplica();
                    for (var it : journal.compacted(upTo, random.nextBoolean())) reader.read(it.offset(), it.record());
                    reader.skipTo(journal.records.size());
                    assertSame(reader, journal.reader, "seed " + seed + ", compacted up to " + upTo);
                }
            }
        }

        private void assertSame(PartitionReplica reader, PartitionReplica expected, String when) {
            assertThat(reader.state().everything())
                    .as(when)
                    .isEqualTo(expected.state().everything());
            assertThat(reader.term()).as(when).isEqualTo(expected.term());
            assertThat(reader.owner()).as(when).isEqualTo(expected.owner());
            assertThat(reader.staleKeys()).as(when).isEqualTo(expected.staleKeys());
            assertThat(reader.nextOffset()).as(when).isEqualTo(expected.nextOffset());
            for (var room : reader.state().rooms())
                assertThat(room.violations()).as(when).isEmpty();
        }

        @Test
        void the_journal_says_the_same_in_bytes() {
            for (long seed = 1; seed <= SEEDS; seed++) {
                var journal = new RandomJournal(seed, 200);
                var reader = new PartitionReplica(RandomJournal.ANSWERS_MAX);
                for (var it : journal.records) reader.read(it.offset(), throughBytes(it.record()));
                assertSame(reader, journal.reader, "seed " + seed);
            }
        }

        private JournalRecord throughBytes(JournalRecord record) {
            var content =
                    switch (record.content()) {
                        case Content.Claimed(var claim) ->
                            JournalCodec.decode(record.key(), Optional.of(JournalCodec.value(claim)));
                        case Content.Happened(var event) ->
                            JournalCodec.decode(record.key(), JournalCodec.value(event));
                        case Content.Unreadable _ ->
                            JournalCodec.decode(record.key(), Optional.of(new byte[] {1, 2, 3}));
                    };
            var answer = record.answer().flatMap(it -> JournalCodec.answer(JournalCodec.value(it)));
            return new JournalRecord(record.term(), record.key(), content, answer);
        }

        @Test
        void the_newest_answers_of_believed_records_are_remembered_and_no_others() {
            for (long seed = 1; seed <= SEEDS; seed++) {
                var journal = new RandomJournal(seed, 400);
                int first = Math.max(0, journal.answered.size() - RandomJournal.ANSWERS_MAX);
                for (int i = 0; i < journal.answered.size(); i++) {
                    var it = journal.answered.get(i);
                    assertThat(journal.reader.answer(it.player(), it.requestId()))
                            .as("seed %d, answer %d", seed, i)
                            .isEqualTo(i < first ? Optional.empty() : Optional.of(it.reply()));
                }
                for (var it : journal.neverAnswered) {
                    assertThat(journal.reader.answer(it.player(), it.requestId()))
                            .isEmpty();
                }
            }
        }

        @Test
        void they_have_everything_that_is_to_be_survived() {
            var journal = new RandomJournal(1, 2_000);
            var reader = new PartitionReplica();

            var seen = journal.records.stream()
                    .<Class<?>>map(it -> reader.read(it.offset(), it.record()).getClass())
                    .distinct();

            assertThat(seen).containsExactlyInAnyOrder(Reading.class.getPermittedSubclasses());
            assertThat(journal.neverAnswered).isNotEmpty();
        }
    }

    private Reading write(long term, RoomEvent event) {
        return replica.read(offset++, new JournalRecord(term, JournalCodec.key(event), new Content.Happened(event)));
    }

    private Reading write(long term, RoomEvent event, Answer answer) {
        return replica.read(
                offset++,
                new JournalRecord(term, JournalCodec.key(event), new Content.Happened(event), Optional.of(answer)));
    }

    private Reading claim(long term, OwnerClaim claim) {
        return replica.read(offset++, new JournalRecord(term, JournalCodec.OWNER, new Content.Claimed(claim)));
    }
}

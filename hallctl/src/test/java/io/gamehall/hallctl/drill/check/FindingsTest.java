package io.gamehall.hallctl.drill.check;

import static io.gamehall.hallctl.drill.check.Violation.Kind.DOUBLED;
import static io.gamehall.hallctl.drill.check.Violation.Kind.LOST;
import static io.gamehall.hallctl.drill.check.Violation.Kind.OVER_CAP;
import static io.gamehall.hallctl.drill.check.Written.OTHER;
import static io.gamehall.hallctl.drill.check.Written.ROOM;
import static io.gamehall.hallctl.drill.history.CallKind.ENTER;
import static io.gamehall.hallctl.drill.history.CallKind.LEAVE;
import static io.gamehall.hallctl.drill.history.CallKind.QUICK_JOIN;
import static io.gamehall.hallctl.drill.history.CallKind.STAND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the drills' check must see, and what it must not take for a fault. Each wrong history is wrong in one way, so that
 * one finding of one kind is all that may come of it: without the check that it is for, there would be none.
 */
class FindingsTest {
    private static final long ANN = 1;
    private static final long BEN = 2;
    private static final long CAT = 3;
    private static final long DAN = 4;

    @Test
    void a_history_that_the_journal_tells_as_well_has_nothing_wrong() {
        var told = new Told()
                .enter(1_000, ANN, ROOM)
                .enter(1_000, BEN, ROOM)
                .seat(1_100, ANN, ROOM, 0, 0)
                .seat(1_110, BEN, ROOM, 0, 1)
                .ready(1_200, ANN, ROOM)
                .ready(1_210, BEN, ROOM)
                .report(1_300, ANN, ROOM, 0, 1)
                .report(1_310, BEN, ROOM, 0, 1)
                .stand(1_400, ANN, ROOM)
                .leave(1_450, BEN, ROOM)
                .refused(1_500, ANN, STAND, ROOM, "NOT_SEATED", 1)
                .leave(1_600, ANN, ROOM);

        assertThat(told.against(aRoundOfAnnAndBen())).isEmpty();
    }

    private static Written aRoundOfAnnAndBen() {
        return new Written()
                .enters(1_000, ANN, ROOM)
                .enters(1_001, BEN, ROOM)
                .sits(1_100, ANN, ROOM, 0, 0)
                .sits(1_110, BEN, ROOM, 0, 1)
                .isReady(1_200, ANN, ROOM, 0, 0)
                .starts(1_210, ROOM, 0, ANN, BEN)
                .reports(1_300, ROOM, 0, ANN)
                .settles(1_310, ROOM, 0, 1, 5, ANN, BEN)
                .getsUp(1_400, ROOM, 0, 0)
                .getsUp(1_450, ROOM, 0, 1)
                .leaves(1_451, BEN, ROOM)
                .leaves(1_600, ANN, ROOM);
    }

    @Test
    void an_acknowledged_entry_that_the_journal_lacks_is_lost() {
        // Had she not left again, the end would show it, too.
        var told = new Told().enter(1_000, ANN, ROOM).refused(1_100, ANN, LEAVE, ROOM, "NOT_IN_ROOM", 2);

        assertThat(told.against(new Written())).singleElement().satisfies(it -> is(it, LOST, ANN, "no ENTERED"));
    }

    @Test
    void an_acknowledged_seat_that_the_journal_lacks_is_lost() {
        var told = new Told()
                .enter(1_000, ANN, ROOM)
                .seat(1_100, ANN, ROOM, 0, 0)
                .refused(1_200, ANN, STAND, ROOM, "NOT_SEATED", 2);

        assertThat(told.against(new Written().enters(1_000, ANN, ROOM)))
                .singleElement()
                .satisfies(it -> is(it, LOST, ANN, "no SEATED"));
    }

    @Test
    void a_seat_other_than_the_acknowledged_one_is_lost() {
        var told =
                new Told().enter(1_000, ANN, ROOM).seat(1_100, ANN, ROOM, 0, 0).stand(1_200, ANN, ROOM);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(1_100, ANN, ROOM, 1, 1)
                .getsUp(1_200, ROOM, 1, 1);

        assertThat(told.against(journal)).singleElement().satisfies(it -> is(it, LOST, ANN, "another seat"));
    }

    @Test
    void an_acknowledged_getting_up_that_the_journal_lacks_is_lost() {
        var told = new Told()
                .enter(1_000, ANN, ROOM)
                .seat(1_100, ANN, ROOM, 0, 0)
                .stand(1_200, ANN, ROOM)
                .alreadySeated(1_300, ANN, ROOM, 0, 0, 2);
        var journal = new Written().enters(1_000, ANN, ROOM).sits(1_100, ANN, ROOM, 0, 0);

        assertThat(told.against(journal)).singleElement().satisfies(it -> is(it, LOST, ANN, "no STOOD"));
    }

    @Test
    void an_acknowledged_leaving_that_the_journal_lacks_is_lost_and_the_end_shows_it_once_more() {
        var told = new Told().enter(1_000, ANN, ROOM).leave(1_100, ANN, ROOM);
        var journal = new Written().enters(1_000, ANN, ROOM);

        assertThat(told.against(journal)).hasSize(2).allSatisfy(it -> is(it, LOST, ANN, ""));
        assertThat(told.against(journal)).anySatisfy(it -> is(it, LOST, ANN, "no LEFT"));
        assertThat(told.against(journal)).anySatisfy(it -> is(it, LOST, ANN, "in the end"));
    }

    @Test
    void an_acknowledged_leaving_of_a_seat_that_the_journal_lacks_is_lost() {
        var told =
                new Told().enter(1_000, ANN, ROOM).seat(1_100, ANN, ROOM, 0, 0).leave(1_200, ANN, ROOM);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(1_100, ANN, ROOM, 0, 0)
                .leaves(1_200, ANN, ROOM);

        assertThat(told.against(journal)).anySatisfy(it -> is(it, LOST, ANN, "no STOOD"));
    }

    @Test
    void an_acknowledged_readiness_that_the_journal_lacks_is_lost() {
        var told =
                new Told().enter(1_000, ANN, ROOM).seat(1_100, ANN, ROOM, 0, 0).ready(1_200, ANN, ROOM);
        var journal = new Written().enters(1_000, ANN, ROOM).sits(1_100, ANN, ROOM, 0, 0);

        assertThat(told.against(journal)).singleElement().satisfies(it -> is(it, LOST, ANN, "no READIED"));
    }

    @Test
    void an_acknowledged_report_that_the_journal_lacks_is_lost() {
        var told =
                new Told().enter(1_000, ANN, ROOM).seat(1_100, ANN, ROOM, 0, 0).report(1_300, ANN, ROOM, 0, 1);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(1_100, ANN, ROOM, 0, 0)
                .starts(1_200, ROOM, 0, ANN);

        assertThat(told.against(journal)).singleElement().satisfies(it -> is(it, LOST, ANN, "no REPORTED"));
    }

    @Test
    void what_a_stale_owner_wrote_does_not_count_as_written() {
        var told = new Told().enter(1_000, ANN, ROOM).seat(1_100, ANN, ROOM, 0, 0);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .claim(1_050, 2)
                .asOfTerm(1)
                .sits(1_100, ANN, ROOM, 0, 0);

        assertThat(told.against(journal)).anySatisfy(it -> is(it, LOST, ANN, "no SEATED"));
    }

    @Test
    void a_record_that_was_written_long_after_its_acknowledgement_does_not_count() {
        var told = new Told().enter(1_000, ANN, ROOM);

        assertThat(told.against(new Written().enters(5_000, ANN, ROOM)))
                .anySatisfy(it -> is(it, LOST, ANN, "no ENTERED"))
                .anySatisfy(it -> is(it, DOUBLED, ANN, "nobody asked"));
    }

    @Test
    void who_has_vanished_in_the_end_is_lost() {
        var told = new Told().enter(1_000, ANN, ROOM);
        var journal = new Written().enters(1_000, ANN, ROOM).leaves(2_000, ANN, ROOM);

        assertThat(told.against(journal))
                .anySatisfy(it -> is(it, LOST, ANN, "in the end"))
                .anySatisfy(it -> is(it, DOUBLED, ANN, "nobody asked"));
    }

    @Test
    void an_effect_that_comes_again_later_is_doubled() {
        // As a try that was thought lost does when it reaches the next owner.
        var told = new Told()
                .enter(1_000, ANN, ROOM)
                .seat(1_100, ANN, ROOM, 0, 0)
                .stand(1_200, ANN, ROOM)
                .alreadySeated(1_400, ANN, ROOM, 0, 0, 2);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(1_100, ANN, ROOM, 0, 0)
                .getsUp(1_200, ROOM, 0, 0)
                .sits(1_300, ANN, ROOM, 0, 0);

        assertThat(told.against(journal)).anySatisfy(it -> is(it, DOUBLED, ANN, "nobody asked"));
    }

    @Test
    void an_effect_that_comes_twice_during_its_call_is_doubled() {
        var told = new Told().enter(1_000, ANN, ROOM).seat(1_100, ANN, ROOM, 0, 0);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(1_100, ANN, ROOM, 0, 0)
                .getsUp(1_101, ROOM, 0, 0)
                .sits(1_102, ANN, ROOM, 0, 0);

        assertThat(told.against(journal)).hasSize(2).allSatisfy(it -> is(it, DOUBLED, ANN, "nobody asked"));
    }

    @Test
    void a_refused_call_that_took_effect_is_doubled() {
        var told = new Told().enter(1_000, ANN, ROOM).refused(1_100, ANN, LEAVE, ROOM, "SESSION_ENDED", 1);
        var journal = new Written().enters(1_000, ANN, ROOM).leaves(1_100, ANN, ROOM);

        assertThat(told.against(journal)).anySatisfy(it -> is(it, DOUBLED, ANN, "nobody asked"));
    }

    @Test
    void an_unanswered_call_may_have_taken_effect_or_not_or_late() {
        var told = new Told().enter(1_000, ANN, ROOM).unanswered(1_100, ANN, QUICK_JOIN, ROOM);

        assertThat(told.against(new Written().enters(1_000, ANN, ROOM))).isEmpty();
        assertThat(told.against(new Written().enters(1_000, ANN, ROOM).sits(1_100, ANN, ROOM, 0, 0)))
                .isEmpty();
        assertThat(told.against(new Written().enters(1_000, ANN, ROOM).sits(3_000, ANN, ROOM, 0, 0)))
                .isEmpty();
    }

    @Test
    void an_unanswered_call_that_takes_effect_twice_is_doubled() {
        var told = new Told().enter(1_000, ANN, ROOM).unanswered(1_100, ANN, QUICK_JOIN, ROOM);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(1_100, ANN, ROOM, 0, 0)
                .getsUp(3_000, ROOM, 0, 0)
                .sits(3_001, ANN, ROOM, 0, 1);

        assertThat(told.against(journal)).hasSize(2).allSatisfy(it -> is(it, DOUBLED, ANN, "nobody asked"));
    }

    @Test
    void an_unanswered_call_that_takes_effect_late_and_then_again_is_doubled() {
        var told = new Told().enter(1_000, ANN, ROOM).unanswered(1_100, ANN, QUICK_JOIN, ROOM);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(3_000, ANN, ROOM, 0, 0)
                .getsUp(3_100, ROOM, 0, 0)
                .sits(3_200, ANN, ROOM, 0, 1);

        assertThat(told.against(journal)).hasSize(2).allSatisfy(it -> is(it, DOUBLED, ANN, "nobody asked"));
    }

    @Test
    void an_unanswered_leaving_may_have_got_half_way() {
        var told = new Told()
                .enter(1_000, ANN, ROOM)
                .seat(1_100, ANN, ROOM, 0, 0)
                .unanswered(1_200, ANN, LEAVE, ROOM)
                .refused(1_300, ANN, STAND, ROOM, "NOT_SEATED", 1);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(1_100, ANN, ROOM, 0, 0)
                .getsUp(1_200, ROOM, 0, 0);

        assertThat(told.against(journal)).isEmpty();
        assertThat(told.against(journal.leaves(4_000, ANN, ROOM))).isEmpty();
    }

    @Test
    void a_repeated_call_that_is_refused_for_its_own_effect_has_nothing_wrong() {
        var told = new Told().enter(1_000, ANN, ROOM).alreadySeated(1_100, ANN, ROOM, 0, 1, 2);
        var journal = new Written().enters(1_000, ANN, ROOM).sits(1_095, ANN, ROOM, 0, 1);

        assertThat(told.against(journal)).isEmpty();
    }

    @Test
    void a_room_above_its_cap_is_found_even_if_only_for_a_moment() {
        var told = new Told()
                .enter(1_000, ANN, ROOM)
                .enter(1_000, BEN, ROOM)
                .enter(1_000, CAT, ROOM)
                .enter(1_010, DAN, ROOM)
                .leave(1_100, DAN, ROOM);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .enters(1_001, BEN, ROOM)
                .enters(1_002, CAT, ROOM)
                .enters(1_010, DAN, ROOM)
                .leaves(1_100, DAN, ROOM);

        assertThat(told.against(journal)).singleElement().satisfies(it -> is(it, OVER_CAP, DAN, "holds 4 of 3"));
    }

    @Test
    void a_player_in_two_rooms_of_a_game_is_doubled_even_if_only_for_a_moment() {
        var told = new Told()
                .enter(1_000, ANN, ROOM)
                .enter(1_100, ANN, OTHER)
                .leave(1_200, ANN, ROOM)
                .enter(1_300, ANN, OTHER);
        var journal =
                new Written().enters(1_000, ANN, ROOM).enters(1_100, ANN, OTHER).leaves(1_200, ANN, ROOM);

        assertThat(told.against(journal)).singleElement().satisfies(it -> is(it, DOUBLED, ANN, "is in " + ROOM));
    }

    @Test
    void a_player_in_two_rooms_of_a_game_in_the_end_is_found_across_partitions() {
        var places = java.util.Map.of(
                ANN,
                List.of(
                        io.gamehall.hallctl.drill.history.Place.in(ROOM),
                        io.gamehall.hallctl.drill.history.Place.in(OTHER)));
        var told = new Told().enter(1_000, ANN, ROOM);

        assertThat(FinalPlaces.check(told.history().byPlayer(), places, room -> "upgrade"))
                .singleElement()
                .satisfies(it -> is(it, DOUBLED, ANN, "several rooms"));
        assertThat(FinalPlaces.check(told.history().byPlayer(), places, room -> room))
                .isEmpty();
    }

    @Test
    void a_player_on_two_seats_is_doubled() {
        var told =
                new Told().enter(1_000, ANN, ROOM).seat(1_100, ANN, ROOM, 0, 0).seat(1_200, ANN, ROOM, 1, 0);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(1_100, ANN, ROOM, 0, 0)
                .sits(1_200, ANN, ROOM, 1, 0);

        assertThat(told.against(journal)).singleElement().satisfies(it -> is(it, DOUBLED, ANN, "several seats"));
    }

    @Test
    void who_sits_without_being_in_the_room_is_doubled() {
        var told = new Told()
                .unanswered(1_000, ANN, ENTER, ROOM)
                .seat(1_100, ANN, ROOM, 0, 0)
                .stand(1_200, ANN, ROOM)
                .leave(1_300, ANN, ROOM);
        var journal = new Written().sits(1_100, ANN, ROOM, 0, 0).getsUp(1_200, ROOM, 0, 0);

        assertThat(told.against(journal)).anySatisfy(it -> is(it, DOUBLED, ANN, "without being in the room"));
    }

    @Test
    void who_leaves_and_still_sits_is_doubled() {
        var told =
                new Told().enter(1_000, ANN, ROOM).seat(1_100, ANN, ROOM, 0, 0).leave(1_200, ANN, ROOM);
        var journal = new Written()
                .enters(1_000, ANN, ROOM)
                .sits(1_100, ANN, ROOM, 0, 0)
                .leaves(1_200, ANN, ROOM)
                .getsUp(1_201, ROOM, 0, 0);

        assertThat(told.against(journal)).singleElement().satisfies(it -> is(it, DOUBLED, ANN, "still sits"));
    }

    @Test
    void two_players_who_were_told_the_same_seat_are_doubled_by_their_answers_alone() {
        var told = new Told()
                .seat(1_000, ANN, ROOM, 0, 0)
                .seat(1_100, BEN, ROOM, 0, 0)
                .stand(1_200, ANN, ROOM)
                .seat(1_300, ANN, ROOM, 0, 1);

        assertThat(SeatsByAnswers.check(told.history().byPlayer()))
                .singleElement()
                .satisfies(it -> is(it, DOUBLED, BEN, "another still has"));
        assertThat(told.against(new Written())).anySatisfy(it -> is(it, DOUBLED, BEN, "another still has"));
    }

    @Test
    void a_seat_that_was_given_up_in_time_may_be_given_again() {
        var told = new Told()
                .seat(1_000, ANN, ROOM, 0, 0)
                .unanswered(1_050, ANN, STAND, ROOM)
                .seat(1_100, BEN, ROOM, 0, 0);

        assertThat(SeatsByAnswers.check(told.history().byPlayer())).isEmpty();
    }

    @Test
    void a_settled_round_that_game_results_lacks_is_lost() {
        var journal = aRoundOfAnnAndBen();
        var facts = journal.facts();
        facts.removeFirst();

        assertThat(RoundsCheck.check(journal.trace().settled(), facts))
                .singleElement()
                .satisfies(it -> is(it, LOST, ANN, "lacks " + ROOM + "/0/1/1"));
        assertThat(new Told().against(journal, facts)).singleElement().satisfies(it -> is(it, LOST, ANN, "lacks"));
    }

    @Test
    void a_fact_that_is_there_twice_and_equal_has_nothing_wrong() {
        var journal = aRoundOfAnnAndBen();
        var facts = new ArrayList<>(journal.facts());
        facts.addAll(journal.facts());

        assertThat(RoundsCheck.check(journal.trace().settled(), facts)).isEmpty();
    }

    @Test
    void two_different_facts_of_one_id_are_doubled() {
        var journal = aRoundOfAnnAndBen();
        var facts = journal.facts();
        facts.add(Written.fact(ROOM + "/0/1/1", ANN, 99));

        assertThat(RoundsCheck.check(journal.trace().settled(), facts))
                .singleElement()
                .satisfies(it -> is(it, DOUBLED, ANN, "two different records"));
    }

    @Test
    void a_fact_with_other_scores_than_the_journal_is_doubled() {
        var journal = aRoundOfAnnAndBen();
        var facts = journal.facts();
        facts.set(0, Written.fact(ROOM + "/0/1/1", ANN, 99));

        assertThat(RoundsCheck.check(journal.trace().settled(), facts))
                .singleElement()
                .satisfies(it -> is(it, DOUBLED, ANN, "otherwise than the journal"));
    }

    @Test
    void a_fact_of_a_round_that_the_journal_does_not_know_is_doubled() {
        var journal = aRoundOfAnnAndBen();
        var facts = journal.facts();
        facts.add(Written.fact(ROOM + "/0/2/1", ANN, 5));

        assertThat(RoundsCheck.check(journal.trace().settled(), facts))
                .singleElement()
                .satisfies(it -> is(it, DOUBLED, ANN, "knows nothing"));
    }

    @Test
    void a_round_that_is_settled_twice_is_doubled() {
        var journal = new Written().settles(1_000, ROOM, 0, 1, 5, ANN, BEN).settles(1_100, ROOM, 0, 1, 7, ANN, BEN);

        assertThat(new Told().against(journal)).singleElement().satisfies(it -> is(it, DOUBLED, 0, "settled twice"));
    }

    @Test
    void the_evidence_tells_calls_and_journal_around_a_violation() {
        var told = new Told().enter(1_000, ANN, ROOM).leave(1_100, ANN, ROOM);
        var journal = new Written().enters(1_000, ANN, ROOM);

        assertThat(Findings.of(told.history(), journal.trace(), List.of()).evidence())
                .anyMatch(line -> line.startsWith("LOST player 1"))
                .anyMatch(line -> line.contains("> ") && line.contains("LEAVE"))
                .anyMatch(line -> line.contains("= ") && line.contains("ENTERED"));
    }

    private static void is(Violation violation, Violation.Kind kind, long player, String what) {
        assertThat(violation.kind()).as(violation.toString()).isEqualTo(kind);
        assertThat(violation.player()).as(violation.toString()).isEqualTo(player);
        assertThat(violation.what()).contains(what);
    }
}

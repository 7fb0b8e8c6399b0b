package io.gamehall.hallctl.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.hallctl.drill.history.Call;
import io.gamehall.hallctl.drill.history.CallKind;
import io.gamehall.hallctl.drill.history.Outcome;
import io.gamehall.hallctl.drill.history.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final long MS = 1_000_000;

    @Test
    void the_longest_time_between_two_answers_of_a_partition_counts() {
        var outages = new Outages(
                List.of(answer("a", 100), answer("a", 130), answer("a", 180), answer("b", 150)),
                OutagesTest::partition);

        assertThat(outages.longest(Set.of(0), 100 * MS, 190 * MS)).isEqualTo(Map.of(0, 50.0));
    }

    @Test
    void what_nobody_answered_is_no_answer_and_a_refusal_is_one() {
        var outages = new Outages(
                List.of(
                        call("a", 150, Outcome.FAILED),
                        call("a", 170, Outcome.REFUSED),
                        call("a", 200, Outcome.ACKNOWLEDGED)),
                OutagesTest::partition);

        assertThat(outages.longest(Set.of(0), 100 * MS, 200 * MS)).isEqualTo(Map.of(0, 70.0));
    }

    @Test
    void a_partition_that_never_answers_is_away_for_the_whole_window() {
        var outages = new Outages(List.of(answer("a", 50)), OutagesTest::partition);

        assertThat(outages.longest(Set.of(0, 1), 100 * MS, 400 * MS)).isEqualTo(Map.of(0, 300.0, 1, 300.0));
    }

    @Test
    void the_worst_and_the_middle_partition_are_told() {
        var away = Map.of(0, 10.0, 1, 900.0, 2, 20.0);

        assertThat(Outages.max(away)).isEqualTo(900);
        assertThat(Outages.median(away)).isEqualTo(20);
    }

    @Test
    void of_clients_only_their_own_answers_count() {
        var calls = List.of(answerTo(7, 110), answerTo(8, 160), answerTo(7, 150), answerTo(9, 120));

        assertThat(Outages.ofClients(calls, List.of(7L, 8L)).longest(Set.of(0, 1), 100 * MS, 190 * MS))
                .isEqualTo(Map.of(0, 40.0, 1, 60.0));
    }

    private static Call answerTo(long player, long atMs) {
        var span = new Span(0, 0, 0, atMs * MS);
        return new Call(player, 1, CallKind.ENTER, "", Call.NONE, Call.NONE, 0, span, 1, Outcome.REFUSED, "");
    }

    private static int partition(String room) {
        return room.charAt(0) - 'a';
    }

    private static Call answer(String room, long atMs) {
        return call(room, atMs, Outcome.ACKNOWLEDGED);
    }

    private static Call call(String room, long endMs, Outcome outcome) {
        var span = new Span(0, 0, 0, endMs * MS);
        return new Call(1, 1, CallKind.ENTER, room, Call.NONE, Call.NONE, 0, span, 1, outcome, "");
    }
}

package io.gamehall.hallctl.drill.joins;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.hallctl.drill.check.Violation;
import io.gamehall.hallctl.drill.check.Violation.Kind;
import io.gamehall.hallctl.drill.history.Span;
import io.gamehall.hallctl.drill.joins.JoinCall.Outcome;
import io.gamehall.hallctl.drill.joins.JoinCall.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of joins finds each wrong that is planted, and nothing where all is right. */
class JoinFindingsTest {
    private static final String EVENT = "event";
    private static final long ANNA = 7;
    private static final long BEN = 8;
    private static final long MS = 1_000_000;

    private final List<JoinCall> calls = new ArrayList<>();
    private final List<LedgerRow> ledger = new ArrayList<>();
    private final List<GrantRow> grants = new ArrayList<>();
    private long quota = 10;

    @Test
    void a_granted_join_in_the_ledger_is_right() {
        quota = 1;
        granted(ANNA, 1, 1_000);
        row(ANNA, 1, 1_000);
        refused(BEN, "SOLD_OUT");

        assertThat(violations()).isEmpty();
    }

    @Test
    void a_repeat_that_is_told_the_same_is_right() {
        granted(ANNA, 1, 1_000);
        repeated(ANNA, 1, 1_000);
        row(ANNA, 1, 1_000);

        assertThat(violations()).isEmpty();
        assertThat(findings().foundAgain()).isZero();
    }

    @Test
    void an_unanswered_join_may_have_been_decided_and_is_found_again() {
        failed(ANNA);
        repeated(ANNA, 1, 1_000);
        row(ANNA, 1, 1_000);

        assertThat(violations()).isEmpty();
        assertThat(findings().foundAgain()).isOne();
    }

    @Test
    void an_unanswered_join_may_have_come_to_nothing() {
        quota = 1;
        failed(ANNA);
        granted(ANNA, 1, 2_000);
        row(ANNA, 1, 2_000);
        failed(BEN);
        refused(BEN, "SOLD_OUT");

        assertThat(violations()).isEmpty();
    }

    @Test
    void a_granted_join_that_is_not_in_the_ledger_is_lost() {
        granted(ANNA, 1, 1_000);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.LOST);
    }

    @Test
    void a_join_that_stands_in_the_ledger_with_another_time_is_not_the_one_that_was_granted() {
        granted(ANNA, 1, 2_000);
        row(ANNA, 1, 1_000);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.LOST);
    }

    @Test
    void a_join_of_another_player_is_no_proof() {
        granted(ANNA, 1, 1_000);
        row(BEN, 1, 1_000);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.LOST, Kind.DOUBLED);
    }

    @Test
    void two_joins_of_a_player_are_doubled() {
        granted(ANNA, 1, 1_000);
        row(ANNA, 1, 1_000);
        row(ANNA, 2, 1_500);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.DOUBLED);
    }

    @Test
    void who_was_granted_a_join_twice_was_told_of_two() {
        granted(ANNA, 1, 1_000);
        granted(ANNA, 1, 1_000);
        row(ANNA, 1, 1_000);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.DOUBLED);
    }

    @Test
    void a_repeat_that_is_told_of_another_join_is_doubled() {
        granted(ANNA, 1, 1_000);
        repeated(ANNA, 1, 2_000);
        row(ANNA, 1, 1_000);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.LOST, Kind.DOUBLED);
    }

    @Test
    void who_has_a_join_is_not_refused_it_later() {
        quota = 1;
        granted(ANNA, 1, 1_000);
        refused(ANNA, "SOLD_OUT");
        row(ANNA, 1, 1_000);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.LOST);
    }

    @Test
    void a_join_of_which_nobody_was_told_in_the_end_is_lost_to_the_player() {
        quota = 1;
        failed(ANNA);
        refused(ANNA, "SOLD_OUT");
        row(ANNA, 1, 1_000);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.LOST);
    }

    @Test
    void a_join_for_which_nobody_asked_is_doubled() {
        row(ANNA, 1, 1_000);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.DOUBLED);
    }

    @Test
    void more_joins_than_the_quota_are_over_the_cap() {
        quota = 1;
        granted(ANNA, 1, 1_000);
        row(ANNA, 1, 1_000);
        granted(BEN, 1, 1_000);
        row(BEN, 1, 1_000);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.OVER_CAP);
    }

    @ParameterizedTest
    @CsvSource({
        // Some is left of the quota.
        "2, SOLD_OUT",
        // Nothing forbids it.
        "1, ACTIVITY_NOT_FOUND",
    })
    void who_is_refused_though_nothing_is_in_the_way_has_lost_the_chance(long given, String reason) {
        quota = given;
        granted(ANNA, 1, 1_000);
        row(ANNA, 1, 1_000);
        refused(BEN, reason);

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.LOST);
    }

    @Test
    void a_join_that_was_not_granted_is_lost() {
        granted(ANNA, 1, 1_000);
        row(ANNA, 1, 1_000);
        grants.clear();

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.LOST);
    }

    @Test
    void a_grant_for_what_is_no_join_is_doubled() {
        granted(ANNA, 1, 1_000);
        row(ANNA, 1, 1_000);
        grants.add(new GrantRow(ANNA, EVENT, EVENT + ":" + ANNA + ":2"));

        assertThat(violations()).extracting(Violation::kind).containsExactly(Kind.DOUBLED);
    }

    @Test
    void the_outage_is_the_longest_time_without_a_grant_and_refusals_do_not_end_it() {
        grantedAt(10);
        grantedAt(20);
        refusedAt(50);
        grantedAt(90);

        assertThat(JoinOutage.longestMs(calls, 0, 100 * MS)).isEqualTo(70);
        assertThat(JoinOutage.longestMs(calls, 0, 1_000 * MS)).isEqualTo(910);
        assertThat(JoinOutage.longestMs(calls, 80 * MS, 85 * MS)).isEqualTo(5);
    }

    private JoinFindings findings() {
        return JoinFindings.of(calls, ledger, Map.of(EVENT, quota), grants);
    }

    private List<Violation> violations() {
        return findings().violations();
    }

    private void granted(long player, int ordinal, long joinedAtMs) {
        call(player, Outcome.GRANTED, new Told(ordinal, joinedAtMs), "");
    }

    private void repeated(long player, int ordinal, long joinedAtMs) {
        call(player, Outcome.REPEATED, new Told(ordinal, joinedAtMs), "");
    }

    private void refused(long player, String reason) {
        call(player, Outcome.REFUSED, null, reason);
    }

    private void failed(long player) {
        call(player, Outcome.FAILED, null, "cut off");
    }

    private void call(long player, Outcome outcome, Told told, String reason) {
        long at = calls.size();
        calls.add(new JoinCall(player, EVENT, new Span(at, at, at, at), outcome, told, reason));
    }

    private void grantedAt(long ms) {
        calls.add(new JoinCall(BEN, EVENT, new Span(ms, ms, ms * MS, ms * MS), Outcome.GRANTED, new Told(1, ms), ""));
    }

    private void refusedAt(long ms) {
        calls.add(new JoinCall(ANNA, EVENT, new Span(ms, ms, ms * MS, ms * MS), Outcome.REFUSED, null, "SOLD_OUT"));
    }

    /** A join that was granted. */
    private void row(long player, int ordinal, long joinedAtMs) {
        ledger.add(new LedgerRow(player, EVENT, ordinal, joinedAtMs));
        grants.add(new GrantRow(player, EVENT, EVENT + ":" + player + ":" + ordinal));
    }
}

package io.gamehall.hallctl.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SwarmReportTest {
    @Test
    void the_json_is_flat_and_has_exactly_the_agreed_keys() {
        JsonNode json = new ObjectMapper().valueToTree(report(0, 3, 3));
        var keys = new ArrayList<String>();
        json.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .containsExactly(
                        "players",
                        "logins",
                        "redirects",
                        "rooms_entered",
                        "seats_taken",
                        "quick_join_failed_while_free",
                        "rounds_settled",
                        "joins_accepted",
                        "rewards_received",
                        "errors",
                        "login_p99_ms",
                        "enter_p99_ms",
                        "seat_p99_ms",
                        "join_p99_ms");
        assertThat(json).allMatch(JsonNode::isNumber);
    }

    @Test
    void a_run_is_good_without_errors_and_with_a_reward_for_each_join() {
        assertThat(report(0, 3, 3).exitCode()).isZero();
        assertThat(report(0, 3, 3).verdict()).startsWith("OK: ");
        assertThat(report(0, 0, 0).exitCode()).isZero();
    }

    @Test
    void a_run_fails_by_an_error_a_missing_reward_or_one_too_many() {
        assertThat(report(1, 3, 3).exitCode()).isEqualTo(1);
        assertThat(report(0, 3, 2).exitCode()).isEqualTo(1);
        assertThat(report(0, 3, 4).exitCode()).isEqualTo(1);
        assertThat(report(0, 3, 2).verdict()).startsWith("FAILED: ").contains("2 of 3 rewards");
    }

    @Test
    void quick_joins_that_failed_while_seats_were_free_are_told() {
        var tally = new Tally(1);
        tally.quickJoinFailedWhileFree.increment();
        assertThat(SwarmReport.of(1, tally).verdict()).contains("quick join failed 1 times");
    }

    @Test
    void latencies_are_milliseconds_of_answered_calls_and_enter_joins_both_ways_in() {
        var tally = new Tally(1);
        tally.of(CallKind.AUTO_ENTER).answered(TimeUnit.MILLISECONDS.toNanos(10));
        tally.of(CallKind.ENTER).answered(TimeUnit.MILLISECONDS.toNanos(30));
        tally.of(CallKind.QUICK_JOIN).refused();
        var report = SwarmReport.of(1, tally);
        assertThat(report.enterP99Ms()).isBetween(29.9, 30.1);
        assertThat(report.seatP99Ms()).isZero();
    }

    @Test
    void a_round_counts_once_though_each_of_its_players_saw_it_settle() {
        var tally = new Tally(1);
        for (int player = 0; player < 4; player++) {
            tally.settled(new Tally.Round("upgrade-01", 5, 1));
        }
        tally.settled(new Tally.Round("upgrade-01", 5, 2));
        assertThat(SwarmReport.of(1, tally).roundsSettled()).isEqualTo(2);
    }

    @Test
    void equal_faults_are_one_line_of_the_table_with_their_number() {
        var tally = new Tally(1);
        for (int i = 0; i < 3; i++) {
            tally.faults.note("QuickJoin: INTERNAL", "detail " + i);
        }
        var lines = ReportTable.lines(SwarmReport.of(1, tally), tally);
        assertThat(lines).anyMatch(line -> line.contains("QuickJoin: INTERNAL (3 times), first: detail 0"));
        assertThat(lines.getLast()).startsWith("FAILED: ");
    }

    private static SwarmReport report(int errors, int joins, int rewards) {
        var tally = new Tally(1);
        for (int i = 0; i < errors; i++) {
            tally.faults.note("QuickJoin: INTERNAL", String.format(Locale.ROOT, "%d", i));
        }
        tally.joinsAccepted.add(joins);
        tally.rewardsReceived.add(rewards);
        return SwarmReport.of(1, tally);
    }
}

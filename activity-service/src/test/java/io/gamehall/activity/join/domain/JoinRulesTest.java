package io.gamehall.activity.join.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.activity.join.domain.JoinOutcome.Accepted;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JoinRulesTest {
    private static final long NOW_MS = 1_800_000_000_000L;

    static Stream<JoinRulesCases.Case> cases() {
        return JoinRulesCases.at(NOW_MS).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rules_decide_as_the_table_says(JoinRulesCases.Case one) {
        var verdict = JoinRules.decide(one.terms(), one.standing(), one.request(), NOW_MS * 1000);

        assertThat(JoinRulesCases.timeless(verdict.outcome())).isEqualTo(one.expected());
        var given = verdict.outcome() instanceof Accepted ? 1 : 0;
        assertThat(verdict.standing().taken()).isEqualTo(one.standing().taken() + given);
        assertThat(verdict.standing().joins()).hasSize(one.standing().joins().size() + given);
    }

    @Test
    void a_bucket_lets_a_burst_through_and_then_one_with_each_interval() {
        var rate = JoinRulesCases.at(NOW_MS).getFirst().terms().playerRate();
        var now = NOW_MS * 1000;
        var bucket = Bucket.FULL;

        for (var spent = 0; spent < rate.burst(); spent++) {
            assertThat(bucket.waitMicros(rate, now)).isLessThanOrEqualTo(0);
            bucket = bucket.spend(rate, now);
        }

        assertThat(bucket.waitMicros(rate, now)).isEqualTo(rate.intervalMicros());
        assertThat(bucket.waitMicros(rate, now + rate.intervalMicros())).isZero();
    }
}

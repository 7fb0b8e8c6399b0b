package io.gamehall.reward.grant.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.gamehall.reward.grant.domain.ChangeRules.Command;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Cause;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Changed;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Elsewhere;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Refused;
import io.gamehall.reward.grant.domain.ChangeRules.Decision.Stands;
import io.gamehall.reward.grant.domain.GrantChange.What;
import io.gamehall.reward.grant.domain.StandingGrant.State;
import io.gamehall.reward.pipeline.domain.FactKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeRulesTest {
    private static final long ALICE = 7;
    private static final long ADMIN = 99;
    private static final long UNTIL = 1_000;
    private static final StandingGrant AT_ONCE = grant(Grant.AT_ONCE);
    private static final StandingGrant TO_CLAIM = grant(UNTIL);
    private static final GrantChange CLAIMED = new GrantChange(1, What.CLAIMED, 30, 500, ALICE, "");
    private static final GrantChange TAKEN_BACK = new GrantChange(2, What.REVOKED, -30, 600, ADMIN, "a bot");

    static Stream<Arguments> cases() {
        var claimed = TO_CLAIM.and(CLAIMED);
        var unclaimedAndRevoked = TO_CLAIM.and(new GrantChange(1, What.REVOKED, 0, 500, ADMIN, "a bot"));
        return Stream.of(
                Arguments.of("in time", TO_CLAIM, claim(999), new GrantChange(1, What.CLAIMED, 30, 999, ALICE, "")),
                Arguments.of("too late", TO_CLAIM, claim(UNTIL), Cause.EXPIRED),
                Arguments.of("again", claimed, claim(700), State.CLAIMED),
                Arguments.of("again, long after", claimed, claim(UNTIL + 1), State.CLAIMED),
                Arguments.of("given at once", AT_ONCE, claim(700), State.GRANTED),
                Arguments.of("claimed and taken back", claimed.and(TAKEN_BACK), claim(700), Cause.REVOKED),
                Arguments.of("taken back before", unclaimedAndRevoked, claim(700), Cause.REVOKED),
                Arguments.of("taken back and too late", unclaimedAndRevoked, claim(UNTIL), Cause.REVOKED),
                Arguments.of("what was given at once", AT_ONCE, revoke(600), revoked(1, -30)),
                Arguments.of("what was claimed", claimed, revoke(600), revoked(2, -30)),
                Arguments.of("what may be claimed", TO_CLAIM, revoke(600), revoked(1, 0)),
                Arguments.of(
                        "what has expired",
                        TO_CLAIM,
                        revoke(UNTIL),
                        new GrantChange(1, What.REVOKED, 0, UNTIL, ADMIN, "a bot")),
                Arguments.of("again", claimed.and(TAKEN_BACK), revoke(700), State.REVOKED));
    }

    /** @param expected the change; or the state that stands; or why it is refused */
    @ParameterizedTest(name = "{2}: {0}")
    @MethodSource("cases")
    void a_command_changes_a_grant_once_or_not_at_all(
            String name, StandingGrant grant, Command command, Object expected) {
        switch (ChangeRules.decide(grant, command)) {
            case Changed changed -> {
                assertThat(changed.change()).isEqualTo(expected);
                assertThat(changed.after()).isEqualTo(grant.and(changed.change()));
                assertThat(ChangeRules.decide(changed.after(), command)).isEqualTo(new Stands(changed.after()));
            }
            case Stands stands -> {
                assertThat(stands.grant()).isEqualTo(grant);
                assertThat(grant.state(command.atMs())).isEqualTo(expected);
            }
            case Refused refused -> {
                assertThat(refused.grant()).isEqualTo(grant);
                assertThat(refused.cause()).isEqualTo(expected);
            }
            case Elsewhere elsewhere -> fail("The rules don't ask where an account lives, but: " + elsewhere);
        }
    }

    @Test
    void a_grant_that_is_not_claimed_expires_at_its_time() {
        assertThat(TO_CLAIM.state(UNTIL - 1)).isEqualTo(State.CLAIMABLE);
        assertThat(TO_CLAIM.state(UNTIL)).isEqualTo(State.EXPIRED);
        assertThat(AT_ONCE.state(Long.MAX_VALUE)).isEqualTo(State.GRANTED);
    }

    @Test
    void an_id_leads_back_to_its_grant() {
        assertThat(Grant.key(ALICE, TO_CLAIM.grant().id()))
                .isEqualTo(TO_CLAIM.grant().key());
        assertThatThrownBy(() -> Grant.key(ALICE, "spring:7:1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Grant.key(ALICE, "grant/")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Grant.key(ALICE, "grant/a b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_reason_is_given_and_short() {
        assertThat(GrantChange.why("为".repeat(200))).hasSize(200);
        assertThatThrownBy(() -> GrantChange.why(null)).hasMessageContaining("why");
        assertThatThrownBy(() -> GrantChange.why("  ")).hasMessageContaining("why");
        assertThatThrownBy(() -> GrantChange.why("x".repeat(201))).hasMessageContaining("why");
    }

    private static StandingGrant grant(long claimUntilMs) {
        var reward = new Reward("points", "points", 30);
        return new StandingGrant(
                new Grant(new FactKey(ALICE, "spring:7:1"), "spring", reward, 1, claimUntilMs), List.of());
    }

    private static Command claim(long atMs) {
        return new Command.Claim(ALICE, atMs);
    }

    private static Command revoke(long atMs) {
        return new Command.Revoke(ADMIN, "a bot", atMs);
    }

    private static GrantChange revoked(int ordinal, long delta) {
        return new GrantChange(ordinal, What.REVOKED, delta, 600, ADMIN, "a bot");
    }
}

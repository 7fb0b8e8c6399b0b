package io.gamehall.reward.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.reward.grant.domain.BalanceCheck;
import io.gamehall.reward.grant.domain.HoldingKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The round over all players, against a ledger of four of them. */
class CheckBalancesTest {
    private static final int PLAYERS = 4;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FourPlayers ledger = new FourPlayers();
    private final CheckBalances check = new CheckBalances(ledger, new Settings(), null, registry);

    @BeforeEach
    void pointsAddUp() {
        for (long player = 1; player <= PLAYERS; player++) ledger.points.put(player, 10L);
    }

    @Test
    void the_round_goes_page_by_page_and_begins_again_after_the_last() {
        for (var turn = 0; turn < 3; turn++) turn();

        assertThat(ledger.begun).containsExactly(0L, 2L, 0L);
        assertThat(count("checked")).isEqualTo(6);
        assertThat(count("drifted")).isZero();
    }

    @Test
    void each_balance_that_the_ledger_does_not_explain_is_counted_each_time_it_is_found() {
        ledger.points.put(2L, 11L);
        ledger.points.put(3L, -1L);

        for (var turn = 0; turn < 4; turn++) turn();

        assertThat(count("drifted")).isEqualTo(4);
    }

    @Test
    void nothing_is_checked_while_it_is_another_instances_turn() {
        ledger.mayBegin = false;

        turn();

        assertThat(ledger.begun).isEmpty();
        assertThat(count("checked")).isZero();
    }

    @Test
    void a_page_that_could_not_be_read_is_read_again() {
        ledger.fails = true;
        assertThatThrownBy(this::turn).hasMessage("away");
        ledger.fails = false;

        turn();

        assertThat(ledger.begun).containsExactly(0L, 0L);
        assertThat(count("checked")).isEqualTo(2);
    }

    private void turn() {
        check.turn(1_000).await().atMost(Duration.ofSeconds(10));
    }

    private double count(String what) {
        return registry.get("gamehall.reward.balances." + what).counter().count();
    }

    private static final class FourPlayers implements BalanceLedger {
        private final Map<Long, Long> points = new TreeMap<>();
        private final List<Long> begun = new ArrayList<>();
        private boolean mayBegin = true;
        private boolean fails;
        private long after;

        @Override
        public Uni<OptionalLong> begin(long nowMs, long pauseMs) {
            if (!mayBegin) return Uni.createFrom().item(OptionalLong.empty());
            begun.add(after);
            return Uni.createFrom().item(OptionalLong.of(after));
        }

        @Override
        public Uni<BalanceCheck> read(long afterPlayer, int players) {
            if (fails) return Uni.createFrom().failure(new IllegalStateException("away"));
            var last = afterPlayer + players;
            var balances = new HashMap<HoldingKey, Long>();
            var sums = new HashMap<HoldingKey, Long>();
            for (var player = afterPlayer + 1; player <= last; player++) {
                balances.put(HoldingKey.points(player), points.get(player));
                sums.put(HoldingKey.points(player), 10L);
            }
            var next = last < PLAYERS ? OptionalLong.of(last) : OptionalLong.empty();
            return Uni.createFrom().item(new BalanceCheck(balances, sums, next));
        }

        @Override
        public Uni<Void> advance(long afterPlayer, long toPlayer) {
            assertThat(afterPlayer).isEqualTo(after);
            after = toPlayer;
            return Uni.createFrom().voidItem();
        }
    }
}

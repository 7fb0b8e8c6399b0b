package io.gamehall.reward.grant.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.reward.grant.BalanceLedger;
import io.gamehall.reward.grant.ChangeGrants;
import io.gamehall.reward.grant.GrantHistory;
import io.gamehall.reward.grant.GrantLedger;
import io.gamehall.reward.grant.domain.BalanceCheck.Drift;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantChange.What;
import io.gamehall.reward.grant.domain.HoldingKey;
import io.gamehall.reward.grant.domain.JoinFact;
import io.gamehall.reward.grant.domain.LedgerEntry;
import io.gamehall.reward.grant.domain.Page.Moment;
import io.gamehall.reward.grant.domain.Page.Query;
import io.gamehall.reward.grant.domain.Reward;
import io.gamehall.reward.grant.domain.StandingGrant;
import io.gamehall.reward.grant.domain.StandingGrant.State;
import io.gamehall.reward.pipeline.PipelineConfig;
import io.gamehall.reward.pipeline.Progress;
import io.gamehall.reward.pipeline.RecordFacts;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grants, what becomes of them, and what their players hold, on the real database. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class SqlGrantsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long JOINED = System.currentTimeMillis();
    private static final long UNTIL = JOINED + Duration.ofDays(1).toMillis();
    private static final long ADMIN = 99;
    private static final int PLAYERS = 5;

    @Inject
    GrantLedger ledger;

    @Inject
    ChangeGrants grants;

    @Inject
    GrantHistory history;

    @Inject
    BalanceLedger balances;

    @Inject
    Pool pool;

    /** Players of this test alone. */
    private final long base = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 51);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void joins_told_again_from_the_beginning_leave_every_byte_as_it_is(long seed) {
        var random = new Random(seed);
        var joins = joins(random, 60);
        inBatches(joins, random);
        joins.stream().filter(join -> random.nextInt(3) == 0).forEach(join -> answer(() -> claimed(join)));
        joins.stream().filter(join -> random.nextInt(4) == 0).forEach(join -> revoked(join));
        var before = dump();
        assertThat(before).contains("CLAIMED", "REVOKED", "item");

        inBatches(joins, random);
        var shuffled = new ArrayList<>(joins);
        Collections.shuffle(shuffled, random);
        inBatches(shuffled, random);

        assertThat(dump()).as("seed %d", seed).isEqualTo(before);
        assertThat(drifts()).isEmpty();
    }

    @Test
    void claims_and_revocations_between_the_batches_come_to_what_they_come_to_after_them() {
        var random = new Random(42);
        var joins = joins(random, 30);
        record(joins);
        for (var join : joins) {
            if (!join.isGivenAtOnce()) claimed(join);
        }
        var afterwards = balancesOf(base);

        var others = joins.stream()
                .map(join -> new JoinFact(
                        new FactKey(join.key().player() + PLAYERS, join.key().id()),
                        join.activity(),
                        join.reward(),
                        join.joinedAtMs(),
                        join.claimUntilMs()))
                .toList();
        for (var join : others) {
            record(List.of(join));
            if (!join.isGivenAtOnce()) claimed(join);
        }

        assertThat(balancesOf(base + PLAYERS)).isEqualTo(afterwards).isNotEmpty();
    }

    @Test
    void of_many_claims_revocations_and_batches_at_once_each_takes_effect_once() throws Exception {
        var random = new Random(20261121);
        var joins = joins(random, 40);
        record(joins);
        var later = IntStream.range(0, 100)
                .mapToObj(id -> join("later/" + id, random, Grant.AT_ONCE))
                .toList();
        var calls = new ArrayList<Callable<Object>>();
        for (var join : joins) {
            for (var times = 0; times < 4; times++) calls.add(() -> answer(() -> claimed(join)));
            if (random.nextInt(2) == 0) {
                for (var times = 0; times < 2; times++) {
                    calls.add(() -> revoked(join));
                }
            }
        }
        Collections.shuffle(calls, random);
        var writers = IntStream.range(0, 2)
                .mapToObj(writer -> (Callable<Object>) () -> {
                    inBatches(later, new Random(writer));
                    return "";
                })
                .toList();

        var answers = new ArrayList<Object>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Object>>();
            writers.forEach(writer -> running.add(threads.submit(writer)));
            for (var done : threads.invokeAll(calls)) answers.add(done.get());
            for (var done : running) done.get();
        }

        assertThat(answers).allMatch(answer -> answer instanceof StandingGrant || answer == Reason.REWARD_REVOKED);
        for (var player = base; player < base + PLAYERS; player++) {
            for (var grant : allGrants(player)) {
                assertThat(grant.changes()).extracting(change -> change.what()).doesNotHaveDuplicates();
                if (grant.state(JOINED) == State.CLAIMABLE) throw new AssertionError("Nobody got " + grant);
            }
        }
        assertThat(rows("SELECT COUNT(*) FROM reward_grant WHERE player_id BETWEEN ? AND ?"))
                .isEqualTo("140;");
        assertThat(drifts()).isEmpty();
    }

    @Test
    void all_who_claim_one_reward_at_once_get_the_same_answer() throws Exception {
        var join = join("one", new Random(1), UNTIL);
        record(List.of(join));

        var answers = new ArrayList<Object>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Object> claim = () -> claimed(join);
            for (var done : threads.invokeAll(Collections.nCopies(60, claim))) answers.add(done.get());
        }

        assertThat(answers).hasSize(60).allMatch(answers.getFirst()::equals);
        assertThat(drifts()).isEmpty();
        assertThat(balancesOf(base)).contains(Long.toString(join.reward().amount()));
    }

    @Test
    void a_claim_before_the_first_grant_makes_a_row_that_grants_add_to() {
        var claimable =
                new JoinFact(new FactKey(base, "a"), "spring", new Reward("points", "points", 10), JOINED, UNTIL);
        var atOnce = new JoinFact(new FactKey(base, "b"), "spring", new Reward("points", "points", 5), JOINED, 0);
        record(List.of(claimable));
        claimed(claimable);

        record(List.of(atOnce));

        assertThat(rows("SELECT points, grants, version FROM player_points WHERE player_id BETWEEN ? AND ?"))
                .isEqualTo("15,1,1;");
    }

    @Test
    void a_change_is_due_to_be_told_until_it_is() {
        var join = join("one", new Random(1), UNTIL);
        record(List.of(join));
        claimed(join);
        revoked(join);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        rows("SELECT ordinal FROM reward_change_due WHERE player_id BETWEEN ? AND ?"))
                .isEmpty());
    }

    @Test
    void what_has_expired_or_is_not_there_can_not_be_claimed() {
        var late = new JoinFact(new FactKey(base, "late"), "spring", new Reward("title", "Sage", 1), JOINED, JOINED);
        record(List.of(late));

        assertThat(answer(() -> claimed(late))).isEqualTo(Reason.REWARD_EXPIRED);
        assertThat(answer(
                        () -> grants.claim(new FactKey(base, "nothing")).await().atMost(PATIENCE)))
                .isEqualTo(Reason.REWARD_NOT_FOUND);
        assertThat(answer(() ->
                        grants.claim(new FactKey(base + 1, "late")).await().atMost(PATIENCE)))
                .isEqualTo(Reason.REWARD_NOT_FOUND);
        assertThat(balancesOf(base)).isEmpty();
    }

    @Test
    void the_ledger_explains_every_balance_page_by_page() {
        var random = new Random(7);
        var joins = joins(random, 40).stream()
                .filter(join -> join.key().player() == base)
                .toList();
        record(joins);
        for (var join : joins) {
            if (!join.isGivenAtOnce()) claimed(join);
            if (random.nextBoolean()) revoked(join);
        }

        var entries = new ArrayList<LedgerEntry>();
        var after = Optional.<Moment>empty();
        do {
            var page = history.ledger(new Query<>(base, 3, after)).await().atMost(PATIENCE);
            entries.addAll(page.items());
            after = page.next();
        } while (after.isPresent());

        assertThat(entries).extracting(LedgerEntry::moment).doesNotHaveDuplicates();
        assertThat(entries).extracting(LedgerEntry::atMs).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(entries.stream()
                        .filter(entry -> entry.what().equals(Optional.of(What.REVOKED)))
                        .count())
                .isPositive();
        var held = history.holdings(new Query<>(base, 100, Optional.empty()))
                .await()
                .atMost(PATIENCE);
        assertThat(sum(entries, HoldingKey.points(base))).isEqualTo(held.points());
        for (var one : held.others().items()) {
            assertThat(sum(entries, new HoldingKey(base, one.kind(), one.name())))
                    .isEqualTo(one.amount());
        }
        assertThat(drifts()).isEmpty();
    }

    @Test
    void names_that_a_database_may_think_the_same_are_held_apart() {
        var names = List.of("cup", "Cup", "cúp", "cup ", "杯", "😀".repeat(64));
        record(IntStream.range(0, names.size())
                .mapToObj(id -> new JoinFact(
                        new FactKey(base, "name/" + id),
                        "spring",
                        new Reward("item", names.get(id), id + 1),
                        JOINED,
                        0))
                .toList());

        var first =
                history.holdings(new Query<>(base, 4, Optional.empty())).await().atMost(PATIENCE);
        var second = history.holdings(new Query<>(base, 4, first.others().next()))
                .await()
                .atMost(PATIENCE);

        var all = new ArrayList<>(first.others().items());
        all.addAll(second.others().items());
        assertThat(second.others().next()).isEmpty();
        assertThat(all).hasSize(names.size()).allMatch(one -> names.indexOf(one.name()) + 1 == one.amount());
        assertThat(drifts()).isEmpty();
    }

    @Test
    void a_balance_that_the_ledger_does_not_explain_is_found() {
        record(List.of(
                new JoinFact(new FactKey(base, "p"), "spring", new Reward("points", "points", 10), JOINED, 0),
                new JoinFact(new FactKey(base + 1, "i"), "spring", new Reward("item", "cup", 2), JOINED, 0),
                new JoinFact(new FactKey(base + 2, "t"), "spring", new Reward("title", "Sage", 1), JOINED, 0)));
        assertThat(drifts()).isEmpty();

        run("UPDATE player_points SET points = 11 WHERE player_id = ?", base);
        run("DELETE FROM player_holding WHERE player_id = ?", base + 1);
        run("DELETE FROM reward_grant WHERE player_id = ?", base + 2);

        assertThat(drifts())
                .containsExactly(
                        new Drift(HoldingKey.points(base), 11, 10),
                        new Drift(new HoldingKey(base + 1, "item", "cup"), 0, 2),
                        new Drift(new HoldingKey(base + 2, "title", "Sage"), 1, 0));
        run("UPDATE player_points SET points = 10 WHERE player_id = ?", base);
        run("DELETE FROM reward_grant WHERE player_id = ?", base + 1);
        run("DELETE FROM player_holding WHERE player_id = ?", base + 2);
    }

    @Test
    void the_check_goes_on_where_it_left_off_and_one_instance_at_a_time_has_it() {
        record(LongStream.range(base, base + 3)
                .mapToObj(player ->
                        new JoinFact(new FactKey(player, "p"), "spring", new Reward("points", "points", 10), JOINED, 0))
                .toList());

        assertThat(balances.read(base - 1, 2).await().atMost(PATIENCE).lastPlayer())
                .hasValue(base + 1);
        assertThat(balances.read(base + 1, 1).await().atMost(PATIENCE).lastPlayer())
                .hasValue(base + 2);
        assertThat(balances.read((1L << 52) - 1, 1).await().atMost(PATIENCE).lastPlayer())
                .isEmpty();

        // Far in the future, so that the service's own rounds are out of the way.
        var far = JOINED + Duration.ofDays(400).toMillis();
        var begun = IntStream.range(0, 2)
                .mapToObj(instance ->
                        balances.begin(far + instance, 1_000).await().atMost(PATIENCE))
                .toList();
        assertThat(begun.stream().filter(OptionalLong::isPresent).count()).isEqualTo(1);
        run("UPDATE reward_check SET next_at_ms = ?", 0);
    }

    private List<JoinFact> joins(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> join("j/" + id, random, random.nextBoolean() ? UNTIL : Grant.AT_ONCE))
                .toList();
    }

    private JoinFact join(String id, Random random, long claimUntilMs) {
        var rewards = List.of(
                new Reward("points", "points", 1 + random.nextInt(100)),
                new Reward("item", "cup", 1 + random.nextInt(3)),
                new Reward("title", "Sage 圣人", 1));
        var player = base + random.nextInt(PLAYERS);
        return new JoinFact(
                new FactKey(player, id),
                "spring",
                rewards.get(random.nextInt(3)),
                JOINED + random.nextInt(5),
                claimUntilMs);
    }

    private void record(List<JoinFact> joins) {
        ledger.record(joins).await().atMost(PATIENCE);
    }

    /** As the pipeline does it, also against other writers. */
    private void inBatches(List<JoinFact> joins, Random random) {
        var recordFacts = new RecordFacts<>(ledger, new Patient(), new Progress("test", new SimpleMeterRegistry()));
        for (var at = 0; at < joins.size(); ) {
            var end = Math.min(joins.size(), at + 1 + random.nextInt(25));
            var outcome = recordFacts.record(joins.subList(at, end)).await().atMost(PATIENCE);
            assertThat(outcome.refused()).isEmpty();
            at = end;
        }
    }

    private StandingGrant claimed(JoinFact join) {
        return patiently(() -> grants.claim(join.key()));
    }

    private StandingGrant revoked(JoinFact join) {
        return patiently(() -> grants.revoke(join.key(), ADMIN, "a bot"));
    }

    /** Asks again, as callers may, when the database was too slow for an answer. */
    private static StandingGrant patiently(Supplier<Uni<StandingGrant>> call) {
        return Uni.createFrom()
                .deferred(call::get)
                .onFailure(failure -> failure instanceof Refusal refusal
                        && (refusal.reason() == Reason.DEPENDENCY_UNAVAILABLE || refusal.reason() == Reason.OVERLOADED))
                .retry()
                .indefinitely()
                .await()
                .atMost(PATIENCE);
    }

    /** What a call gives; or why it is refused. */
    private static Object answer(Supplier<Object> call) {
        try {
            return call.get();
        } catch (Refusal refusal) {
            return refusal.reason();
        }
    }

    private List<StandingGrant> allGrants(long player) {
        var all = new ArrayList<StandingGrant>();
        var after = Optional.<Moment>empty();
        do {
            var page = history.grants(new Query<>(player, 100, after)).await().atMost(PATIENCE);
            all.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    private static long sum(List<LedgerEntry> entries, HoldingKey key) {
        return entries.stream()
                .filter(entry -> entry.grant().holding().equals(key))
                .mapToLong(LedgerEntry::delta)
                .sum();
    }

    private List<Drift> drifts() {
        return balances.read(base - 1, PLAYERS).await().atMost(PATIENCE).drifts().stream()
                .filter(drift -> drift.key().player() < base + PLAYERS)
                .toList();
    }

    private String dump() {
        return rows("SELECT * FROM reward_grant WHERE player_id BETWEEN ? AND ? ORDER BY player_id, source_id")
                + rows(
                        "SELECT * FROM reward_change WHERE player_id BETWEEN ? AND ? ORDER BY player_id, source_id, ordinal")
                + rows("SELECT * FROM player_points WHERE player_id BETWEEN ? AND ? ORDER BY player_id")
                + rows("SELECT * FROM player_holding WHERE player_id BETWEEN ? AND ? ORDER BY player_id, kind, name");
    }

    /** Without the players' ids. */
    private String balancesOf(long first) {
        return rows(
                        "SELECT player_id - ?, points, grants, version FROM player_points"
                                + " WHERE player_id BETWEEN ? AND ? ORDER BY player_id",
                        first,
                        first,
                        first + PLAYERS - 1)
                + rows(
                        "SELECT player_id - ?, kind, name, amount, grants, version FROM player_holding"
                                + " WHERE player_id BETWEEN ? AND ? ORDER BY player_id, kind, name",
                        first,
                        first,
                        first + PLAYERS - 1);
    }

    private String rows(String sql) {
        return rows(sql, base, base + PLAYERS - 1);
    }

    private String rows(String sql, Object... parameters) {
        var text = new StringBuilder();
        for (var row :
                pool.preparedQuery(sql).execute(Tuple.from(parameters)).await().atMost(PATIENCE)) {
            for (var column = 0; column < row.size(); column++) {
                text.append(column == 0 ? "" : ",").append(row.getValue(column));
            }
            text.append(";");
        }
        return text.toString();
    }

    private void run(String sql, long parameter) {
        pool.preparedQuery(sql).execute(Tuple.of(parameter)).await().atMost(PATIENCE);
    }

    /** Writers of the same rows collide all the time; that many conflicts are not a fact's fault here. */
    private record Patient() implements PipelineConfig {
        @Override
        public Duration retryDelayFirst() {
            return Duration.ofMillis(5);
        }

        @Override
        public Duration retryDelayMax() {
            return Duration.ofMillis(50);
        }

        @Override
        public int conflictsMax() {
            return 10_000;
        }
    }
}

package io.gamehall.reward.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.Fact;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.store.StoreFault;
import io.gamehall.reward.store.StoreFault.Conflict;
import io.gamehall.reward.store.StoreFault.Rejected;
import io.gamehall.reward.store.StoreFault.Unavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The stubborn part, against a ledger that fails as it is told; the real ones are in MainPathTest. */
class RecordFactsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Progress progress = new Progress("test", registry);
    private final ScriptedLedger ledger = new ScriptedLedger();
    private final RecordFacts<Told, String> recordFacts = new RecordFacts<>(ledger, new Impatient(), progress);

    @Test
    void a_database_that_is_away_is_waited_for_and_readiness_says_so_meanwhile() {
        ledger.failures.addAll(List.of(away(), away(), away()));
        ledger.beforeEach = attempt -> assertThat(progress.waits().isPresent()).isEqualTo(attempt > 1);

        var outcome = recordFacts.record(facts(3)).await().indefinitely();

        assertThat(outcome.done()).hasSize(3);
        assertThat(ledger.attempts).isEqualTo(4);
        assertThat(progress.waits()).isEmpty();
    }

    @Test
    void one_fact_that_the_ledger_never_takes_is_set_aside_and_the_others_keep_their_order() {
        ledger.poison.add("fact-5");

        var outcome = recordFacts.record(facts(9)).await().indefinitely();

        assertThat(outcome.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.fact().key().id()).isEqualTo("fact-5");
            assertThat(refused.cause()).contains("does not fit");
        });
        assertThat(ledger.recorded)
                .containsExactly("fact-0", "fact-1", "fact-2", "fact-3", "fact-4", "fact-6", "fact-7", "fact-8");
        assertThat(outcome.done()).hasSize(8);
    }

    @Test
    void a_fact_over_which_a_bug_stumbles_is_set_aside_with_its_name_and_not_tried_for_ever() {
        ledger.bug = "fact-2";

        var outcome = recordFacts.record(facts(4)).await().atMost(Duration.ofSeconds(30));

        assertThat(outcome.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.fact().key().id()).isEqualTo("fact-2");
            assertThat(refused.cause()).contains("NullPointerException");
        });
        assertThat(ledger.recorded).containsExactly("fact-0", "fact-1", "fact-3");
        assertThat(progress.waits()).isEmpty();
    }

    @Test
    void a_conflict_is_tried_again_and_counted() {
        ledger.failures.add(new Conflict(Conflict.Kind.VERSION, "another was faster"));

        var outcome = recordFacts.record(facts(2)).await().indefinitely();

        assertThat(outcome.done()).hasSize(2);
        var conflicts = registry.get("gamehall.reward.cas.conflicts").tag("cause", "version");
        assertThat(conflicts.counter().count()).isEqualTo(1);
    }

    @Test
    void finding_one_bad_fact_among_thousands_takes_a_few_attempts_more() {
        ledger.poison.add("fact-2999");

        var outcome = recordFacts.record(facts(4_096)).await().indefinitely();

        assertThat(outcome.refused()).hasSize(1);
        assertThat(ledger.recorded).hasSize(4_095);
        assertThat(ledger.attempts).as("two for each halving").isEqualTo(1 + 2 * 12);
    }

    @Test
    void many_bad_facts_take_no_more_than_two_attempts_each() {
        IntStream.range(0, 1_024).forEach(id -> ledger.poison.add("fact-" + id));

        var outcome = recordFacts.record(facts(1_024)).await().indefinitely();

        assertThat(outcome.refused()).extracting(refused -> refused.fact()).isEqualTo(facts(1_024));
        assertThat(ledger.attempts).isLessThan(2 * 1_024);
    }

    @Test
    void a_fact_that_meets_another_writers_key_again_and_again_is_set_aside() {
        for (var time = 1; time <= 5; time++) ledger.failures.add(new Conflict(Conflict.Kind.KEY, "taken"));

        var outcome = recordFacts.record(facts(1)).await().indefinitely();

        assertThat(outcome.refused()).hasSize(1);
        assertThat(ledger.attempts).isEqualTo(5);
    }

    @Test
    void no_fact_is_blamed_for_locks() {
        for (var time = 1; time <= 20; time++) ledger.failures.add(new Conflict(Conflict.Kind.LOCK, "deadlock"));

        var outcome = recordFacts.record(facts(1)).await().indefinitely();

        assertThat(outcome.done()).hasSize(1);
        assertThat(registry.get("gamehall.reward.cas.conflicts")
                        .tag("cause", "lock")
                        .counter()
                        .count())
                .isEqualTo(20);
    }

    @Test
    void nothing_is_asked_of_the_ledger_for_an_empty_batch() {
        recordFacts.record(List.of()).await().indefinitely();

        assertThat(ledger.attempts).isZero();
    }

    private static List<Told> facts(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> new Told(new FactKey(7, "fact-" + id)))
                .toList();
    }

    private static Unavailable away() {
        return new Unavailable(new IllegalStateException("connection refused"));
    }

    private record Told(FactKey key) implements Fact {}

    private static final class Impatient implements PipelineConfig {
        @Override
        public Duration retryDelayFirst() {
            return Duration.ofMillis(1);
        }

        @Override
        public Duration retryDelayMax() {
            return Duration.ofMillis(2);
        }

        @Override
        public int conflictsMax() {
            return 5;
        }
    }

    private static final class ScriptedLedger implements Ledger<Told, String> {
        private final Deque<StoreFault> failures = new ArrayDeque<>();
        private final List<String> recorded = new ArrayList<>();
        private IntConsumer beforeEach = _ -> {};
        private final Set<String> poison = new HashSet<>();
        private String bug = "none";
        private int attempts;

        @Override
        public Uni<Entry<String>> record(List<Told> facts) {
            beforeEach.accept(++attempts);
            if (!failures.isEmpty()) return Uni.createFrom().failure(failures.removeFirst());
            if (facts.stream().anyMatch(fact -> poison.contains(fact.key().id()))) {
                return Uni.createFrom().failure(new Rejected(new IllegalStateException("the data does not fit")));
            }
            if (facts.stream().anyMatch(fact -> bug.equals(fact.key().id()))) throw new NullPointerException();
            facts.forEach(fact -> recorded.add(fact.key().id()));
            var effects = facts.stream()
                    .map(fact -> new Effect<>(fact.key().id(), true))
                    .toList();
            return Uni.createFrom().item(new Entry<>(effects, 1));
        }
    }
}

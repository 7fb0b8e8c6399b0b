package io.gamehall.hallctl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.hallctl.facts.FactFindings;
import io.gamehall.hallctl.facts.FactKind;
import io.gamehall.hallctl.facts.FactScript;
import io.gamehall.hallctl.facts.FactScript.Crowd;
import io.gamehall.hallctl.facts.RewardRows;
import io.gamehall.hallctl.facts.RoundFact;
import io.gamehall.hallctl.facts.Sums;
import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.testing.RealServers;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CasWriterTest {
    private static final int FACTS = 400;
    private static final int THREADS = 8;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void facts_of_few_players_written_at_the_same_time_all_count(boolean backsOff) throws Exception {
        var schema = RealServers.schema();
        var database = Schema.database(RealServers.cellWithTables());
        var script = new FactScript(new Crowd(1, 3, 1), "test", Map.of(FactKind.RESULTS, 1), 1, 1);
        var facts = FactFindings.told(script, FACTS).stream()
                .map(RoundFact.class::cast)
                .toList();
        try (var writer = new CasWriter(() -> schema.connect(database, "&useServerPrepStmts=true"), THREADS, backsOff);
                var threads = Executors.newFixedThreadPool(THREADS);
                var rows = new RewardRows(schema, database, 1, 3)) {
            var writes = new ArrayList<Callable<Void>>();
            for (var fact : facts) {
                writes.add(() -> {
                    writer.write(fact);
                    return null;
                });
            }
            for (var written : threads.invokeAll(writes)) written.get();

            // Else nothing was tried: three players, eight at a time.
            assertThat(writer.conflicts()).isPositive();
            assertThat(rows.counted()).isEqualTo(FACTS);
            assertThat(rows.all().scores().values().stream()
                            .mapToLong(Sums::total)
                            .sum())
                    .isEqualTo(facts.stream().mapToLong(RoundFact::delta).sum());
            assertThat(rows.all().scores().values().stream().collect(Collectors.summingLong(Sums::wins)))
                    .isEqualTo(facts.stream().filter(it -> it.delta() > 0).count());
        }
    }
}

package io.gamehall.hallctl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class BenchTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<Integer> measured = new ArrayList<>();

    @Test
    void the_median_of_the_runs_is_compared_and_the_warm_up_does_not_count() throws Exception {
        int exitCode = bench("--runs", "3").run(true, number -> run(number, number == 0 ? 1 : 10_000 * number, 0));

        assertThat(exitCode).isZero();
        assertThat(measured).containsExactly(0, 1, 2, 3);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("warm-up    ops_per_s 1 ", "run 3      ops_per_s 30,000", "median     ops_per_s 20,000")
                .contains("ops_per_s 20,000: floor 15,000 reached, goal 45,000 not yet")
                .contains("OK: every answer was right.");
    }

    @Test
    void a_missed_floor_is_no_failure() throws Exception {
        assertThat(bench("--runs", "1").run(false, number -> run(number, 5, 0))).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("FLOOR 15,000 MISSED");
    }

    @Test
    void one_wrong_answer_in_one_run_is_a_failure() throws Exception {
        int exitCode = bench("--runs", "3").run(false, number -> run(number, 50_000, number == 2 ? 1 : 0));

        assertThat(exitCode).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("FAILED: failed_while_free 1.");
    }

    @Test
    void a_broken_promise_is_a_failure() {
        assertThat(Bench.wrong(new Figures().with("first_try_success_while_free", 1)))
                .isEmpty();
        assertThat(Bench.wrong(new Figures().with("first_try_success_while_free", 0.98)))
                .containsExactly("first_try_success_while_free 0.98");
    }

    @Test
    void the_json_is_flat_with_the_agreed_keys_and_where_it_was_measured() throws Exception {
        var file = folder.resolve("new/seats.json");
        var bench = bench("--runs", "2", "--seconds", "4", "--json", file.toString());
        bench.introduce("a test");
        bench.note("hall", "none");
        bench.run(false, number -> run(number, 20_000, 0).with("p99_ms", 12.345));

        JsonNode json = new ObjectMapper().readTree(Files.readString(file));
        assertThat(json).allMatch(JsonNode::isValueNode);
        assertThat(json.get("ops_per_s").isIntegralNumber()).isTrue();
        assertThat(json.get("ops_per_s").asLong()).isEqualTo(20_000);
        assertThat(json.get("p99_ms").asDouble()).isEqualTo(12.345);
        assertThat(json.get("failed_while_free").asInt()).isZero();
        assertThat(json.get("bench").asText()).isEqualTo("seats");
        assertThat(json.get("runs").asInt()).isEqualTo(2);
        assertThat(json.get("seconds").asInt()).isEqualTo(4);
        assertThat(json.get("hall").asText()).isEqualTo("none");
        assertThat(json.get("machine").asText()).contains("cpus");
        assertThat(json.has("load_average_before")).isTrue();
        assertThat(json.get("kafka").asText()).matches("\\d+\\.\\d+\\.\\d+");
    }

    private Figures run(int number, double rate, int failed) {
        measured.add(number);
        return new Figures().with("ops_per_s", rate).with("failed_while_free", failed);
    }

    private Bench bench(String... arguments) {
        var holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return new Bench(
                "seats",
                holder.options,
                List.of(Target.atLeast("ops_per_s", 15_000, 45_000)),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Command
    private static final class Holder {
        @Mixin
        private BenchOptions options;
    }
}

package io.gamehall.hallctl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @Test
    void the_median_of_an_odd_number_of_runs_is_the_one_in_the_middle() {
        assertThat(summary(30, 10, 20).get("x")).isEqualTo(20);
        assertThat(summary(7).get("x")).isEqualTo(7);
    }

    @Test
    void the_median_of_an_even_number_of_runs_lies_between_the_two_in_the_middle() {
        assertThat(summary(40, 10, 20, 30).get("x")).isEqualTo(25);
    }

    @Test
    void a_fault_of_one_run_is_not_outvoted_by_the_others() {
        var summary = Figures.summary(runs(0, 0, 3), Set.of("x"), Set.of());
        assertThat(summary.get("x")).isEqualTo(3);
        assertThat(Figures.summary(runs(1, 1, 0.98), Set.of(), Set.of("x")).get("x"))
                .isEqualTo(0.98);
    }

    @Test
    void figures_that_only_some_runs_have_count_where_they_are() {
        var runs = List.of(
                new Figures().with("x", 1).with("cpu", 10), new Figures().with("x", 2), new Figures().with("x", 3));
        assertThat(Figures.summary(runs, Set.of(), Set.of()).get("cpu")).isEqualTo(10);
    }

    @Test
    void figures_keep_the_order_in_which_they_were_measured() {
        var figures =
                new Figures().with("ops_per_s", 16_234).with("p50_ms", 3.214).with("errors", 0);
        assertThat(figures.line()).isEqualTo("ops_per_s 16,234  p50_ms 3.21  errors 0");
        assertThat(figures.values().keySet()).containsExactly("ops_per_s", "p50_ms", "errors");
    }

    @Test
    void an_unknown_figure_is_not_taken_for_zero() {
        assertThatThrownBy(() -> new Figures().get("p99_ms")).hasMessageContaining("p99_ms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "1|1", "0.98|0.98", "999.995|1000.00", "1234567.8|1,234,568", "-2.5|-2.50"})
    void numbers_are_written_as_people_read_them(double value, String text) {
        assertThat(Figures.text(value)).isEqualTo(text);
    }

    private static Figures summary(double... values) {
        return Figures.summary(runs(values), Set.of(), Set.of());
    }

    private static List<Figures> runs(double... values) {
        return java.util.Arrays.stream(values)
                .mapToObj(value -> new Figures().with("x", value))
                .toList();
    }
}

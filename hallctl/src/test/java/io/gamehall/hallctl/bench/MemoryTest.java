package io.gamehall.hallctl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void live_objects_are_the_total_of_the_histogram() {
        var histogram = """
                12345:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         97253        8123456  [B (java.base@25)
                   2:         80000        1920000  java.lang.String (java.base@25)
                Total        177253       10485760
                """;

        assertThat(Memory.total(histogram)).hasValue(10_240);
        assertThat(Memory.total("12345:\nAttachNotSupportedException")).isEmpty();
    }

    @Test
    void what_has_been_taken_is_shared_by_the_streams() {
        var figures = new Figures();
        new Memory(300_000, OptionalLong.of(90_000))
                .since(new Memory(100_000, OptionalLong.of(40_000)), 20_000, figures);

        assertThat(figures.get("kib_per_stream")).isEqualTo(10);
        assertThat(figures.get("heap_kib_per_stream")).isEqualTo(2.5);
    }
}

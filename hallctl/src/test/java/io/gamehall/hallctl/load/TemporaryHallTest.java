package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryHallTest {
    @TempDir
    private Path folder;

    @Test
    void a_hall_that_does_not_start_tells_why() {
        var plan = new TemporaryHall.Plan(List.of(), Map.of(), 0, Map.of("kafka", "-XX:+NoSuchFlag"), Map.of());
        try (var hall = new TemporaryHall(folder)) {
            assertThatThrownBy(() -> hall.start(plan))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("NoSuchFlag");
        }
    }
}

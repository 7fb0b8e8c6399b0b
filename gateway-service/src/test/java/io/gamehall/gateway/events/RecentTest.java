package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.events.PlayerEvent.Noticed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Recent<String> recent = new Recent<>(new Recent.Bounds(Duration.ofSeconds(30), 3, 3_000, 5_000));

    @Test
    void the_last_of_each_are_known_for_a_while() {
        var first = add("anna", 10, 0);
        var second = add("anna", 10, 20 * SECOND);
        var berts = add("bert", 10, 20 * SECOND);

        assertThat(recent.of("anna", 30 * SECOND)).containsExactly(first, second);
        assertThat(recent.of("anna", 31 * SECOND)).containsExactly(second);
        assertThat(recent.of("bert", 31 * SECOND)).containsExactly(berts);
        assertThat(recent.of("carl", 31 * SECOND)).isEmpty();
    }

    @Test
    void each_is_bounded_in_number_and_bytes() {
        add("anna", 10, 0);
        var kept = List.of(add("anna", 10, 0), add("anna", 10, 0), add("anna", 10, 0));
        assertThat(recent.of("anna", 0)).isEqualTo(kept);

        var large = add("anna", 2_900, 0);
        assertThat(recent.of("anna", 0)).containsExactly(large);
    }

    @Test
    void all_together_are_bounded_and_the_oldest_go_first() {
        add("anna", 2_000, 0);
        var berts = add("bert", 2_000, 0);
        var carls = add("carl", 2_000, 0);

        assertThat(recent.of("anna", 0)).isEmpty();
        assertThat(recent.of("bert", 0)).containsExactly(berts);
        assertThat(recent.of("carl", 0)).containsExactly(carls);
        add("dora", 9_000, 0);
        assertThat(recent.of("carl", 0)).isEmpty();
    }

    private PlayerEvent add(String key, int bytes, long nowNanos) {
        var event = new Noticed(new byte[bytes]);
        recent.add(key, event, nowNanos);
        return event;
    }
}

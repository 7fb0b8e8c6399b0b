package io.gamehall.hallctl.drill.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TempoTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Tempo tempo = new Tempo();
    /** Long after the tempo was made. */
    private final long now = System.nanoTime() + TimeUnit.HOURS.toNanos(1);

    @Test
    void nobody_waits_without_a_limit() {
        assertEquals(0, tempo.turn(now));
        assertEquals(0, tempo.turn(now));
    }

    @Test
    void turns_are_spread_evenly() {
        tempo.limit(100);
        assertEquals(
                LongStream.of(0, 10, 20, 30).map(it -> it * MS).boxed().toList(),
                LongStream.range(0, 4).map(it -> tempo.turn(now)).boxed().toList());
    }

    @Test
    void a_turn_that_nobody_took_is_not_made_up_for() {
        tempo.limit(100);
        tempo.turn(now);
        assertEquals(0, tempo.turn(now + 50 * MS));
        assertEquals(10 * MS, tempo.turn(now + 50 * MS));
    }

    @Test
    void a_rate_below_nothing_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> tempo.limit(-1));
    }
}

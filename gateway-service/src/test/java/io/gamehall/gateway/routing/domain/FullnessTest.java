package io.gamehall.gateway.routing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FullnessTest {
    private static final HallLoad NOTHING_LEFT = load(4, 4);
    private static final HallLoad SPACE = load(3, 4);

    @Test
    void a_gateway_with_space_takes_players_whatever_the_others_carry() {
        assertThat(new Fullness(SPACE, false, Optional.empty()).isFull()).isFalse();
        assertThat(new Fullness(SPACE, false, Optional.of(load(9, 4))).isFull()).isFalse();
    }

    @Test
    void a_gateway_alone_is_full_when_it_has_no_space() {
        assertThat(new Fullness(NOTHING_LEFT, false, Optional.empty()).isFull()).isTrue();
    }

    @Test
    void behind_a_shared_address_the_hall_is_full_when_all_together_are() {
        assertThat(new Fullness(NOTHING_LEFT, false, Optional.of(SPACE)).isFull())
                .isFalse();
        assertThat(new Fullness(NOTHING_LEFT, false, Optional.of(NOTHING_LEFT)).isFull())
                .isTrue();
        // What is over the capacity here is missing there.
        assertThat(new Fullness(load(5, 4), false, Optional.of(SPACE)).isFull()).isTrue();
    }

    @Test
    void a_gateway_that_drains_counts_for_nothing() {
        assertThat(new Fullness(SPACE, true, Optional.empty()).isFull()).isTrue();
        assertThat(new Fullness(SPACE, true, Optional.of(NOTHING_LEFT)).isFull())
                .isTrue();
        assertThat(new Fullness(load(5, 4), true, Optional.of(SPACE)).isFull()).isFalse();
    }

    @Test
    void what_the_others_carry_is_the_sum_without_ones_own() {
        assertThat(SPACE.plus(NOTHING_LEFT).minus(SPACE)).isEqualTo(NOTHING_LEFT);
    }

    @Test
    void players_who_are_expected_count_up_to_a_tenth_of_the_capacity() {
        assertThat(load(50, 100).expecting(7)).isEqualTo(load(57, 100));
        assertThat(load(50, 100).expecting(1_000_000)).isEqualTo(load(60, 100));
        assertThat(load(3, 4).expecting(2)).isEqualTo(NOTHING_LEFT);
    }

    private static HallLoad load(long live, long capacity) {
        return new HallLoad("hall.test:8080", live, capacity);
    }
}

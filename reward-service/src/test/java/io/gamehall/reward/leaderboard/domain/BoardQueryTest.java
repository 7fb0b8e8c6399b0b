package io.gamehall.reward.leaderboard.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gamehall.reward.leaderboard.domain.BoardQuery.Around;
import io.gamehall.reward.leaderboard.domain.BoardQuery.Top;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoardQueryTest {
    @Test
    void the_bounds_are_fine() {
        assertThat(new Top("x".repeat(32), 1_000_000, 100).limit()).isEqualTo(100);
        assertThat(new Top("~", 0, 1).offset()).isZero();
        assertThat(new Around("upgrade", 7, 50).around()).isEqualTo(50);
        assertThat(new Around("upgrade", 7, 0).around()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\u007f", "棋", "123456789012345678901234567890123"})
    void what_is_no_game_is_refused(String game) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Top(game, 0, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new Around(game, 7, 5));
    }

    @Test
    void what_is_beyond_the_bounds_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Top("upgrade", -1, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new Top("upgrade", 1_000_001, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new Top("upgrade", 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Top("upgrade", 0, 101));
        assertThatIllegalArgumentException().isThrownBy(() -> new Around("upgrade", 7, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Around("upgrade", 7, 51));
    }
}

package io.gamehall.activity.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FenceTest {
    @Test
    void it_leaves_a_record_its_time_before_a_rebuild_begins() {
        var spare = Duration.ofMillis(700).toNanos();
        var settings = settings("5000MS", "5700MS");

        var before = System.nanoTime();
        var fence = Fence.from(settings);
        var after = System.nanoTime();

        assertThat(fence.overAtNanos() - before).isGreaterThanOrEqualTo(spare);
        assertThat(fence.overAtNanos() - after).isLessThanOrEqualTo(spare);
    }

    @Test
    void it_is_over_from_its_moment_on() {
        assertThat(new Fence(System.nanoTime() - 1).isOver()).isTrue();
        assertThat(new Fence(System.nanoTime() + Duration.ofHours(1).toNanos()).isOver())
                .isFalse();
    }

    static JoinSettings settings(String publishTimeout, String reopenGrace) {
        return new SmallRyeConfigBuilder()
                .withMapping(JoinSettings.class)
                .withDefaultValue("gamehall.joins.publish-timeout", publishTimeout)
                .withDefaultValue("gamehall.joins.reopen-grace", reopenGrace)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(JoinSettings.class);
    }
}

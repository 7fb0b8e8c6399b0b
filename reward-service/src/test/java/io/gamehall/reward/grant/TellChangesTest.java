package io.gamehall.reward.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantChange;
import io.gamehall.reward.grant.domain.GrantChange.What;
import io.gamehall.reward.grant.domain.Reward;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told when a server fails at the worst moment. */
class TellChangesTest {
    private final List<DueChange> due = new ArrayList<>(
            IntStream.range(0, 3).mapToObj(TellChangesTest::change).toList());
    private final List<DueChange> told = new ArrayList<>();
    private boolean kafkaFails;
    private boolean databaseFails;
    private final TellChanges tell = new TellChanges(
            new DueChanges() {
                @Override
                public Uni<List<DueChange>> some(int max) {
                    return Uni.createFrom().item(List.copyOf(due));
                }

                @Override
                public Uni<Void> told(List<DueChange> changes) {
                    if (databaseFails) return Uni.createFrom().failure(new IllegalStateException("away"));
                    due.removeAll(changes);
                    return Uni.createFrom().voidItem();
                }
            },
            changes -> {
                if (kafkaFails) return Uni.createFrom().failure(new IllegalStateException("away"));
                told.addAll(changes);
                return Uni.createFrom().voidItem();
            },
            new Settings(),
            null);

    @Test
    void each_change_is_told_once_while_all_goes_well() {
        var all = List.copyOf(due);

        tell.soon();
        tell.soon();

        assertThat(told).isEqualTo(all);
        assertThat(due).isEmpty();
    }

    @Test
    void what_kafka_did_not_take_is_told_later() {
        kafkaFails = true;
        tell.soon();
        assertThat(due).hasSize(3);

        kafkaFails = false;
        tell.soon();

        assertThat(told).hasSize(3);
        assertThat(due).isEmpty();
    }

    @Test
    void what_could_not_be_crossed_off_is_told_again() {
        databaseFails = true;
        tell.soon();
        assertThat(told).hasSize(3);

        databaseFails = false;
        tell.soon();

        assertThat(told).hasSize(6);
        assertThat(due).isEmpty();
    }

    private static DueChange change(int number) {
        var grant =
                new Grant(new FactKey(7, "j/" + number), "spring", new Reward("title", "Sage", 1), 1, Grant.AT_ONCE);
        return new DueChange(grant, new GrantChange(1, What.REVOKED, -1, 2, 99, "a bot"));
    }
}

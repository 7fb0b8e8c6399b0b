package io.gamehall.room.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.room.domain.Decision.Accepted;
import io.gamehall.room.domain.Decision.Reason;
import io.gamehall.room.domain.Decision.Refused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever anybody does. A failing seed fails again. */
class RoomRulesPropertyTest {
    /** More of them on demand: {@code -Drules.seeds=1000000}. */
    private static final int SEEDS = Integer.getInteger("rules.seeds", 100);

    private static final int COMMANDS = 1_000;

    /** {@link Invariants} has the rules; they are checked after every event. */
    @Test
    void no_commands_break_a_room() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var history = new ArrayList<RoomCommand>();
            try {
                play(seed, COMMANDS, history);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(
                        "Seed " + seed + ", command " + history.size() + ": " + history.getLast(), broken);
            }
        }
    }

    private static void play(long seed, int commands, List<RoomCommand> history) {
        var random = new Random(-seed);
        var partition = opened();
        var following = new RandomCommands(seed);
        for (int i = 0; i < commands; i++) {
            var command = following.next(partition);
            history.add(command);
            if (random.nextInt(20) == 0) partition = retold(partition, command);
            if (random.nextInt(20) == 0) copyIsIndependent(partition, command);
            Invariants.obey(partition, command);
        }
    }

    /** Somebody who knows only what the journal keeps decides the same, and goes on from there. */
    private static Partition retold(Partition partition, RoomCommand command) {
        var fresh = new Partition();
        partition.everything().forEach(fresh::apply);
        assertThat(fresh.everything()).isEqualTo(partition.everything());
        assertThat(RoomRules.decide(fresh, command)).isEqualTo(RoomRules.decide(partition, command));
        for (var room : partition.rooms()) {
            var other = fresh.room(room.id()).orElseThrow();
            assertThat(other.violations()).isEmpty();
            assertThat(List.of(other.population(), other.seatedCount(), other.playingCount(), other.waiterCount()))
                    .isEqualTo(List.of(room.population(), room.seatedCount(), room.playingCount(), room.waiterCount()));
            assertThat(other.unpublished()).isEqualTo(room.unpublished());
        }
        return fresh;
    }

    private static void copyIsIndependent(Partition partition, RoomCommand command) {
        var before = partition.everything();
        var copy = partition.copy();
        assertThat(copy.everything()).isEqualTo(before);
        var decision = Invariants.obey(copy, command);
        assertThat(partition.everything()).as("the original of a changed copy").isEqualTo(before);
        for (var room : partition.rooms()) assertThat(room.violations()).isEmpty();
        assertThat(RoomRules.decide(partition, command)).isEqualTo(decision);
    }

    /** A crash may cut a decision off after each of its events: whoever goes on from there breaks nothing either. */
    @Test
    void decisions_that_were_cut_off_break_nothing_later() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var random = new Random(-seed);
            var partition = opened();
            var commands = new RandomCommands(seed);
            for (int i = 0; i < 300; i++) {
                var command = commands.next(partition);
                if (RoomRules.decide(partition, command) instanceof Accepted(var events, var _)) {
                    int kept = random.nextInt(4) == 0 ? random.nextInt(events.size() + 1) : events.size();
                    for (var event : events.subList(0, kept)) Invariants.apply(partition, event);
                }
            }
        }
    }

    /** Else the properties would say little. */
    @Test
    void the_random_commands_come_to_nearly_every_answer() {
        var replies = new HashSet<Class<?>>();
        var reasons = EnumSet.noneOf(Reason.class);
        for (long seed = 1; seed <= 40; seed++) {
            var partition = opened();
            var commands = new RandomCommands(seed);
            for (int i = 0; i < COMMANDS; i++) {
                switch (Invariants.obey(partition, commands.next(partition))) {
                    case Accepted accepted -> replies.add(accepted.reply().getClass());
                    case Refused refused -> reasons.add(refused.reason());
                }
            }
        }
        assertThat(replies).hasSize(Decision.Reply.class.getPermittedSubclasses().length - 1);
        assertThat(EnumSet.complementOf(reasons))
                .containsExactlyInAnyOrder(
                        Reason.ROOM_EXISTS, Reason.WAIT_LIST_FULL, Reason.TEXT_INVALID, Reason.TOO_FAST);
    }

    /** Journals that were compacted bring the records in another order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_newest_state_of_each_thing_may_be_told_in_any_order(long seed) {
        var partition = opened();
        var commands = new RandomCommands(seed);
        for (int i = 0; i < 500; i++) Invariants.obey(partition, commands.next(partition));
        var shuffled = new ArrayList<>(partition.everything());
        Collections.shuffle(shuffled, new Random(seed));

        var fresh = new Partition();
        shuffled.forEach(fresh::apply);

        assertThat(fresh.everything()).isEqualTo(partition.everything());
        for (var room : fresh.rooms()) assertThat(room.violations()).isEmpty();
    }

    private static Partition opened() {
        var partition = new Partition();
        RandomCommands.opening().forEach(command -> Invariants.obey(partition, command));
        return partition;
    }
}

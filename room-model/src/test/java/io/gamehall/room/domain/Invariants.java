package io.gamehall.room.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.room.domain.Decision.Accepted;
import io.gamehall.room.domain.Decision.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What no command may break, checked after every event: a crash may cut a decision off after each of them. */
public final class Invariants {
    private Invariants() {}

    /** Decides, checks that this alone has changed nothing, and makes the decision true, event by event. */
    public static Decision obey(Partition partition, RoomCommand command) {
        var before = partition.everything();
        var decision = RoomRules.decide(partition, command);
        assertThat(partition.everything()).as("to decide changes nothing").isEqualTo(before);
        switch (decision) {
            case Refused _ -> {}
            case Accepted accepted -> accepted.events().forEach(event -> apply(partition, event));
        }
        return decision;
    }

    /** Makes an event true and checks what must hold then. */
    public static void apply(Partition partition, RoomEvent event) {
        int before = partition.room(event.room()).map(Room::population).orElse(0);
        partition.apply(event);
        var room = partition.room(event.room()).orElseThrow();
        if (room.population() > before) {
            assertThat(room.population())
                    .as("%s holds no more than its capacity after %s", room.id(), event)
                    .isLessThanOrEqualTo(room.setup().capacity());
        }
        assertThat(room.violations()).as("violations after %s", event).isEmpty();
        assertThat(twoRooms(partition)).as("nobody is in two rooms of a game").isEmpty();
    }

    private static List<String> twoRooms(Partition partition) {
        var seen = new HashSet<String>();
        var twice = new ArrayList<String>();
        for (var room : partition.rooms()) {
            for (var player : room.members())
                note(seen, twice, player + " in " + room.setup().game());
            for (var player : room.waiting())
                note(seen, twice, player + " in " + room.setup().game());
        }
        return twice;
    }

    private static void note(HashSet<String> seen, List<String> twice, String where) {
        if (!seen.add(where)) twice.add(where);
    }
}

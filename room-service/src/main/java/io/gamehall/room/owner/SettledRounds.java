package io.gamehall.room.owner;

import io.gamehall.room.domain.RoomCommand.ConfirmPublished;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import io.gamehall.room.journal.PartitionReplica;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings settled rounds to {@code game-results}, at least once, while the partition is owned: what the journal shows as
 * not published is published, by whichever owner sees it, until the journal shows that it is. Confined to the
 * partition's thread.
 */
final class SettledRounds {
    private final int partition;
    private final GameResults results;
    private final PartitionReplica replica;
    private final Consumer<ConfirmPublished> confirm;
    private final Set<ConfirmPublished> onTheWay = new HashSet<>();
    private boolean over;

    /** @param confirm called when a round is known to be published, in the ownership that published it */
    SettledRounds(int partition, GameResults results, PartitionReplica replica, Consumer<ConfirmPublished> confirm) {
        this.partition = partition;
        this.results = results;
        this.replica = replica;
        this.confirm = confirm;
    }

    /** Publishes all that is not known to be, and not on its way. */
    void publishAll() {
        for (var room : replica.state().rooms()) {
            for (var number : room.unpublished()) publish(new TableChanged(room.id(), number, room.table(number)));
        }
    }

    /** Publishes the last round of a table, unless that is done. */
    void publish(TableChanged changed) {
        if (changed.table().published()) return;
        var round = changed.table().last().orElseThrow();
        var known = new ConfirmPublished(changed.room(), changed.number(), round.number());
        if (!onTheWay.add(known)) return;
        var game = replica.state().room(changed.room()).orElseThrow().setup().game();
        results.publish(partition, game, changed.room(), changed.number(), round)
                .whenComplete((done, failure) -> {
                    if (over) return;
                    onTheWay.remove(known);
                    if (failure == null) confirm.accept(known);
                });
    }

    /** The ownership is over. */
    void end() {
        over = true;
    }
}

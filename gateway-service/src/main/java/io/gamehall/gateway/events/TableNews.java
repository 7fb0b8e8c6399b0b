package io.gamehall.gateway.events;

import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.directory.DirectoryListener;
import io.gamehall.gateway.events.PlayerEvent.RoundEnded;
import io.gamehall.gateway.events.PlayerEvent.TableSeen;
import io.gamehall.room.domain.Chair;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.domain.Table;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Tells players of their tables as the journal changes them: who sits there now, and the rounds that ended. */
@Singleton
class TableNews implements DirectoryListener {
    private final PlayerStreams streams;
    private final DirectoryFollower follower;

    TableNews(PlayerStreams streams, DirectoryFollower follower) {
        this.streams = streams;
        this.follower = follower;
    }

    void start(@Observes StartupEvent started) {
        follower.listen(this);
    }

    @Override
    public void tableChanged(RoomId room, int number, Table before, Table after) {
        var seated = seated(after);
        tell(seated, new TableSeen(room, number, after));
        newlySettled(before, after).ifPresent(round -> {
            var concerned = new LinkedHashSet<>(seated);
            concerned.addAll(round.players());
            tell(concerned, new RoundEnded(room, number, round));
        });
    }

    private void tell(Collection<PlayerId> players, PlayerEvent event) {
        for (var player : players) streams.tell(player, event);
    }

    private static Optional<SettledRound> newlySettled(Table before, Table after) {
        return after.last()
                .filter(round -> before.last().isEmpty() || before.last().get().number() != round.number());
    }

    private static List<PlayerId> seated(Table table) {
        return table.chairs().stream()
                .flatMap(Optional::stream)
                .map(Chair::player)
                .toList();
    }
}

package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.load.HallUnderTest;
import io.gamehall.hallctl.load.Player;
import io.gamehall.hallctl.state.SessionSigner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The simulated players of a benchmark: ids that nobody else has, and session tokens signed with the hall's own key. */
final class Cast {
    private static final int CELL_SHIFT = 40;
    private static final int BENCH_SHIFT = 20;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    private static final long NUMBER_MASK = (1L << CELL_SHIFT) - 1;
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private final HallUnderTest hall;
    private final long cell;
    private final long first;
    private int number;

    Cast(HallUnderTest hall) {
        this.hall = hall;
        cell = (long) hall.cell().number() << CELL_SHIFT;
        first = (long) ThreadLocalRandom.current().nextInt(1, 1 << BENCH_SHIFT) << BENCH_SHIFT;
    }

    /** Players spread evenly over rooms, without tokens: for calls to owners. */
    List<Player> players(int count, List<String> rooms) {
        return IntStream.range(0, count)
                .mapToObj(it -> player(rooms.get(it % rooms.size())))
                .toList();
    }

    private Player player(String room) {
        int mine = number++;
        // Spread like random ids; an odd factor keeps them apart.
        return new Player(cell + ((first + mine) * SPREAD & NUMBER_MASK), mine, room, "");
    }

    /** The same players with session tokens, for calls to gateways. */
    List<Player> withTokens(List<Player> players) throws IOException {
        var signer = new SessionSigner(hall.credentials().privateKey());
        var region = hall.cell().name();
        return players.parallelStream()
                .map(player -> new Player(
                        player.id(),
                        player.number(),
                        player.room(),
                        signer.sign(player.id(), "bench-" + player.number(), region, "player", TOKEN_LIFE)))
                .toList();
    }
}

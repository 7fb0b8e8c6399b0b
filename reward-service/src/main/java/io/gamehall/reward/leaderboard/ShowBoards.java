package io.gamehall.reward.leaderboard;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.leaderboard.domain.BoardPage;
import io.gamehall.reward.leaderboard.domain.BoardPage.Place;
import io.gamehall.reward.leaderboard.domain.BoardQuery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/** Shows players who is best. Any thread. */
@ApplicationScoped
public class ShowBoards {
    private static final Logger LOG = Logger.getLogger(ShowBoards.class);

    private final Boards boards;
    private final BoardBuilds builds;
    private final PlayerNames names;
    private final Duration retry;

    ShowBoards(Boards boards, BoardBuilds builds, PlayerNames names, LeaderboardConfig config) {
        this.boards = boards;
        this.builds = builds;
        this.names = names;
        this.retry = config.check();
    }

    /**
     * A part of a board, and the names of those of its players that are known.
     *
     * @param page without places if the player who was asked for is not ranked
     */
    public record Shown(BoardPage page, Map<Long, String> names) {}

    /** @return the places; or a {@link Refusal} with {@code DEPENDENCY_UNAVAILABLE} while there is no board to believe */
    public Uni<Shown> show(BoardQuery query) {
        return boards.read(query)
                .flatMap(page -> page.map(found -> Uni.createFrom().item(found)).orElseGet(() -> absent(query.game())))
                .onFailure(failure -> !(failure instanceof Refusal))
                .transform(this::away)
                .flatMap(page -> names.of(
                                page.places().stream().map(Place::player).toList())
                        .map(known -> new Shown(page, known)));
    }

    /** A game that nobody has played, or one whose board is lost. */
    private Uni<BoardPage> absent(String game) {
        return builds.state().map(state -> {
            if (state.built() && !state.games().contains(game)) return BoardPage.EMPTY;
            throw new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The leaderboard is being rebuilt").retryAfter(retry);
        });
    }

    private Refusal away(Throwable failure) {
        LOG.debugf("A leaderboard was not read: %s", failure);
        return new Refusal(Reason.DEPENDENCY_UNAVAILABLE, "The leaderboards can't be read just now")
                .retryAfter(Duration.ofSeconds(1));
    }
}

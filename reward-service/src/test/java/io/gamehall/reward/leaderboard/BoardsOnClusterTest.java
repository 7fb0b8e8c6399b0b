package io.gamehall.reward.leaderboard;

import static io.gamehall.reward.leaderboard.GivenScores.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.RedisCluster;
import io.gamehall.reward.leaderboard.domain.BoardScore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Boards on a real Redis Cluster of three masters: each game's keys lie on one of them. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@TestProfile(BoardsOnClusterTest.OnCluster.class)
class BoardsOnClusterTest {
    @Inject
    GivenScores scores;

    @Inject
    MendBoards mendBoards;

    @Inject
    Boards boards;

    @Test
    void boards_are_rebuilt_and_told_wherever_they_lie() {
        var player = 1L << 44;
        var word = Long.toString(ThreadLocalRandom.current().nextLong(1L << 60), 36);
        var games = IntStream.range(0, 9).mapToObj(index -> index + word).toList();
        games.forEach(game -> scores.write(player, game, 3));
        mendBoards.rebuild().await().atMost(PATIENCE);
        games.forEach(this::awaitTruth);

        for (var game : games) {
            scores.write(player + 1, game, 4);
            boards.tell(game, List.of(new BoardScore(player + 1, 4, 1)), System.nanoTime())
                    .await()
                    .atMost(PATIENCE);
        }

        games.forEach(this::awaitTruth);
    }

    private void awaitTruth(String game) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scores.board(game)).contains(scores.places(game)));
    }

    /** In place of the one Redis. */
    public static class OnCluster implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RedisCluster.class));
        }
    }
}

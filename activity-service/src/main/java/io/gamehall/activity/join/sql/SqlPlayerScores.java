package io.gamehall.activity.join.sql;

import io.gamehall.activity.join.PlayerScores;
import io.gamehall.activity.sql.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Table {@code player_score}. */
@Singleton
class SqlPlayerScores implements PlayerScores {
    private static final String SCORE =
            "SELECT score FROM player_score WHERE player_id = CAST(? AS UNSIGNED) AND game = ?";

    private final Database database;

    SqlPlayerScores(Database database) {
        this.database = database;
    }

    @Override
    public Uni<Long> score(long player, String game) {
        return database.run(SCORE, List.of(Long.toUnsignedString(player), game)).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? row.next().getLong(0) : 0;
        });
    }
}

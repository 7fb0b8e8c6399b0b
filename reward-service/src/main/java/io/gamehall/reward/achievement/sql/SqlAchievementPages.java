package io.gamehall.reward.achievement.sql;

import io.gamehall.reward.achievement.Achievements;
import io.gamehall.reward.achievement.domain.AchievementPage;
import io.gamehall.reward.achievement.domain.AchievementPage.Item;
import io.gamehall.reward.achievement.domain.AchievementPage.Query;
import io.gamehall.reward.achievement.domain.ChunkKey;
import io.gamehall.reward.achievement.domain.SetKey;
import io.gamehall.reward.achievement.domain.Spans;
import io.gamehall.reward.achievement.domain.Spans.Span;
import io.gamehall.reward.store.sql.Batch;
import io.gamehall.reward.store.sql.Database;
import io.gamehall.reward.store.sql.ManyRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks which chunks the player has, then into those that the page is in: as of one moment, because chunks that are filled
 * or dissolved meanwhile would take what is on the page elsewhere.
 */
@ApplicationScoped
class SqlAchievementPages implements Achievements {
    private static final String SELECT_SPANS =
            "SELECT role, chunk, entries, newest_at_ms, oldest_at_ms FROM achievement_chunk WHERE player_id = ?";
    private static final ManyRows SELECT_BODIES = ManyRows.whereAny(
            "SELECT role, chunk, body FROM achievement_chunk", "player_id = ? AND role = ? AND chunk = ?", 3);

    private final Database database;

    SqlAchievementPages(Database database) {
        this.database = database;
    }

    @Override
    public Uni<AchievementPage> page(Query query) {
        return database.look(connection ->
                        spans(connection, query.player()).chain(spans -> items(connection, Spans.of(spans, query))))
                .map(items -> AchievementPage.of(items, query));
    }

    private static Uni<List<Span>> spans(SqlConnection connection, long player) {
        return connection.preparedQuery(SELECT_SPANS).execute(Tuple.of(player)).map(rows -> {
            var spans = new ArrayList<Span>();
            for (var row : rows) {
                var key = new ChunkKey(new SetKey(player, row.getString(0)), row.getInteger(1));
                spans.add(new Span(key, row.getInteger(2), row.getLong(3), row.getLong(4)));
            }
            return spans;
        });
    }

    private static Uni<List<Item>> items(SqlConnection connection, List<ChunkKey> keys) {
        return SELECT_BODIES
                .select(
                        connection,
                        Batch.parameters(
                                keys,
                                key -> List.of(key.set().player(), key.set().role(), key.number())))
                .map(rows -> {
                    var items = new ArrayList<Item>();
                    for (var row : rows) {
                        for (var achievement :
                                ChunkFormat.read(row.getBuffer(2).getDelegate()).values()) {
                            items.add(new Item(row.getString(0), achievement));
                        }
                    }
                    return items;
                });
    }
}

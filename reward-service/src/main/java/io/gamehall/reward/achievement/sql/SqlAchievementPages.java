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
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Looks which chunks the player has, then into those that the page is in. */
@ApplicationScoped
class SqlAchievementPages implements Achievements {
    private static final String SELECT_SPANS =
            "SELECT role, chunk, entries, newest_at_ms, oldest_at_ms FROM achievement_chunk WHERE player_id = ?";
    private static final String SELECT_BODIES = "SELECT role, chunk, body FROM achievement_chunk";

    private final Database database;

    SqlAchievementPages(Database database) {
        this.database = database;
    }

    @Override
    public Uni<AchievementPage> page(Query query) {
        return database.query(SELECT_SPANS, Tuple.of(query.player()))
                .map(rows -> {
                    var spans = new ArrayList<Span>();
                    for (var row : rows) {
                        var key = new ChunkKey(new SetKey(query.player(), row.getString(0)), row.getInteger(1));
                        spans.add(new Span(key, row.getInteger(2), row.getLong(3), row.getLong(4)));
                    }
                    return Spans.of(spans, query);
                })
                .chain(keys -> items(keys))
                .map(items -> AchievementPage.of(items, query));
    }

    private Uni<List<Item>> items(List<ChunkKey> keys) {
        if (keys.isEmpty()) return Uni.createFrom().item(List.of());
        return database.query(
                        Batch.whereAny(SELECT_BODIES, "player_id = ? AND role = ? AND chunk = ?", keys.size()),
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

package io.gamehall.reward.leaderboard.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gamehall.platform.Cell;
import io.gamehall.reward.leaderboard.LeaderboardConfig;
import io.gamehall.reward.leaderboard.PlayerNames;
import io.gamehall.reward.store.sql.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names out of {@code account}, remembered: they don't change, and the best of a game are asked for all the time. */
@ApplicationScoped
class SqlPlayerNames implements PlayerNames {
    /** So long the name of a removed account may be shown. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    /** Stands for no name. */
    private static final String NONE = "";

    private final Database database;
    private final String region;
    private final Cache<Long, String> remembered;

    SqlPlayerNames(Database database, Cell cell, LeaderboardConfig config) {
        this.database = database;
        this.region = cell.name();
        this.remembered = Caffeine.newBuilder()
                .maximumSize(config.namesMax())
                .expireAfterWrite(REMEMBERED)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Uni<Map<Long, String>> of(Collection<Long> players) {
        var known = new HashMap<Long, String>();
        var unknown = new ArrayList<Long>();
        for (var player : players) {
            var name = remembered.getIfPresent(player);
            if (name == null) unknown.add(player);
            else if (!name.equals(NONE)) known.put(player, name);
        }
        if (unknown.isEmpty()) return Uni.createFrom().item(known);
        return find(unknown).onFailure().recoverWithItem(Map.of()).map(found -> {
            known.putAll(found);
            return known;
        });
    }

    private Uni<Map<Long, String>> find(List<Long> players) {
        var places = String.join(", ", Collections.nCopies(players.size(), "?"));
        var sql = "SELECT player_id, name FROM account WHERE region = ? AND player_id IN (" + places + ")";
        var values = new ArrayList<Object>();
        values.add(region);
        values.addAll(players);
        return database.query(sql, Tuple.tuple(values)).map(rows -> {
            var found = new HashMap<Long, String>();
            for (var row : rows) found.put(row.getLong(0), row.getString(1));
            players.forEach(player -> remembered.put(player, found.getOrDefault(player, NONE)));
            return found;
        });
    }
}

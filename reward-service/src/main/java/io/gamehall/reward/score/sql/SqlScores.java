package io.gamehall.reward.score.sql;

import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.score.ScoreLedger;
import io.gamehall.reward.score.ScoreNews;
import io.gamehall.reward.score.domain.Score;
import io.gamehall.reward.score.domain.ScoreFact;
import io.gamehall.reward.score.domain.ScoreKey;
import io.gamehall.reward.score.domain.ScoreRules;
import io.gamehall.reward.score.domain.Settlement;
import io.gamehall.reward.score.domain.Settlement.Change;
import io.gamehall.reward.score.domain.Settlement.Settled;
import io.gamehall.reward.score.domain.Standing;
import io.gamehall.reward.store.sql.Batch;
import io.gamehall.reward.store.sql.Database;
import io.gamehall.reward.store.sql.ManyRows;
import io.gamehall.reward.store.sql.Repeats;
import io.gamehall.reward.store.sql.Upsert;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Scores in {@code player_score}, explained by {@code score_fact}. */
@ApplicationScoped
class SqlScores implements ScoreLedger {
    private static final ManyRows SELECT_FACTS = ManyRows.whereAny(
            "SELECT player_id, fact_id, delta, score_after, wins_after, losses_after FROM score_fact",
            "player_id = ? AND fact_id = ?",
            2);
    /** By player alone, which costs a third of looking up player and game: a player plays a handful of games. */
    private static final ManyRows SELECT_SCORES = ManyRows.whereIn(
            "SELECT player_id, game, score, wins, losses, draws, disputed, version FROM player_score", "player_id");

    private static final ManyRows INSERT_FACTS = ManyRows.insert(
            "INSERT INTO score_fact (player_id, fact_id, game, outcome, delta,"
                    + " score_after, wins_after, losses_after, settled_at_ms)",
            9,
            "");
    /** Rows carry differences; version is the new one. */
    private static final Upsert UPSERT_SCORES = new Upsert(
            "player_score",
            List.of("player_id", "game"),
            List.of("score", "wins", "losses", "draws", "disputed"),
            "VALUES(wins) + VALUES(losses) + VALUES(draws) + VALUES(disputed)");

    private final Repeats<FactKey, Standing> repeats;
    private final ScoreNews news;

    SqlScores(Database database, ScoreNews news) {
        repeats = new Repeats<>(database);
        this.news = news;
    }

    /** What a batch came to, and the scores that it found. */
    private record Booked(Settlement settlement, Map<ScoreKey, Score> before) {
        /** The scores as they stand now, also where all facts were repeats: a crash may have kept the news of these. */
        SortedMap<ScoreKey, Score> now() {
            var now = new TreeMap<>(before);
            settlement.changes().forEach((key, change) -> now.put(key, change.after()));
            return now;
        }

        Entry<Standing> entry() {
            return new Entry<>(settlement.effects(), settlement.changes().size());
        }
    }

    @Override
    public Uni<Entry<Standing>> record(List<ScoreFact> facts) {
        var keys = new TreeSet<FactKey>();
        var wanted = new TreeSet<ScoreKey>();
        for (var fact : facts) {
            keys.add(fact.key());
            wanted.add(fact.scoreKey());
        }
        var began = System.nanoTime();
        return repeats.transaction(
                        connection -> known(connection, keys), (connection, known) -> scores(connection, wanted)
                                .map(scores -> new Booked(ScoreRules.settle(facts, known, scores), scores))
                                .call(booked -> write(connection, booked.settlement())))
                .call(booked -> news.committed(booked.now(), began))
                .map(Booked::entry);
    }

    private static Uni<Map<FactKey, Standing>> known(SqlConnection connection, SortedSet<FactKey> keys) {
        return SELECT_FACTS
                .select(connection, Batch.parameters(keys, key -> List.of(key.player(), key.id())))
                .map(rows -> {
                    var known = new HashMap<FactKey, Standing>();
                    for (var row : rows) {
                        known.put(
                                new FactKey(row.getLong(0), row.getString(1)),
                                new Standing(row.getInteger(2), row.getLong(3), row.getLong(4), row.getLong(5)));
                    }
                    return known;
                });
    }

    /** Not of the players' other games, of which there is no news. */
    private static Uni<Map<ScoreKey, Score>> scores(SqlConnection connection, SortedSet<ScoreKey> wanted) {
        var players = wanted.stream().map(ScoreKey::player).distinct().toList();
        return SELECT_SCORES
                .select(connection, Batch.parameters(players, List::of))
                .map(rows -> {
                    var scores = new HashMap<ScoreKey, Score>();
                    for (var row : rows) {
                        var key = new ScoreKey(row.getLong(0), row.getString(1));
                        if (!wanted.contains(key)) continue;
                        scores.put(
                                key,
                                new Score(
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getLong(5),
                                        row.getLong(6),
                                        row.getLong(7)));
                    }
                    return scores;
                });
    }

    private static Uni<Void> write(SqlConnection connection, Settlement settlement) {
        if (settlement.fresh().isEmpty()) return Uni.createFrom().voidItem();
        return insert(connection, settlement.fresh()).chain(() -> upsert(connection, settlement.changes()));
    }

    private static Uni<Void> insert(SqlConnection connection, SortedMap<FactKey, Settled> fresh) {
        return INSERT_FACTS
                .execute(connection, Batch.parameters(fresh.values(), settled -> {
                    var fact = settled.fact();
                    var after = settled.after();
                    return List.of(
                            fact.key().player(),
                            fact.key().id(),
                            fact.game(),
                            fact.outcome().name(),
                            fact.delta(),
                            after.score(),
                            after.wins(),
                            after.losses(),
                            fact.settledAtMs());
                }))
                .replaceWithVoid();
    }

    private static Uni<Void> upsert(SqlConnection connection, SortedMap<ScoreKey, Change> changes) {
        var present = (int) changes.values().stream()
                .filter(change -> change.before().version() > 0)
                .count();
        return UPSERT_SCORES.execute(
                connection, changes.size() - present, present, Batch.parameters(changes.entrySet(), entry -> {
                    var before = entry.getValue().before();
                    var after = entry.getValue().after();
                    return List.of(
                            entry.getKey().player(),
                            entry.getKey().game(),
                            after.score() - before.score(),
                            after.wins() - before.wins(),
                            after.losses() - before.losses(),
                            after.draws() - before.draws(),
                            after.disputed() - before.disputed(),
                            after.version());
                }));
    }
}

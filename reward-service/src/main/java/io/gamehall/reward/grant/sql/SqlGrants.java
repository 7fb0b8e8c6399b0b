package io.gamehall.reward.grant.sql;

import io.gamehall.reward.grant.GrantLedger;
import io.gamehall.reward.grant.domain.Balance;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.GrantRules;
import io.gamehall.reward.grant.domain.Granting;
import io.gamehall.reward.grant.domain.HoldingKey;
import io.gamehall.reward.grant.domain.JoinFact;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.store.sql.Batch;
import io.gamehall.reward.store.sql.Database;
import io.gamehall.reward.store.sql.ManyRows;
import io.gamehall.reward.store.sql.Repeats;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Grants in {@code reward_grant}, which also explain the balances of what is given at once. They are written as if all
 * were new, and looked for only while joins come again. What became of a grant is nothing to a batch: rows are only added.
 */
@ApplicationScoped
class SqlGrants implements GrantLedger {
    private static final ManyRows SELECT_GRANTS =
            ManyRows.whereAny(GrantRows.SELECT, "player_id = ? AND source_id = ?", 2);
    private static final ManyRows INSERT_GRANTS = ManyRows.insert(
            "INSERT INTO reward_grant (player_id, source_id, activity_id, kind,"
                    + " name, amount, granted_at_ms, claim_until_ms)",
            8,
            "");

    private final Repeats<FactKey, Grant> repeats;

    SqlGrants(Database database) {
        repeats = new Repeats<>(database);
    }

    @Override
    public Uni<Entry<Grant>> record(List<JoinFact> joins) {
        var keys = new TreeSet<FactKey>();
        var holdings = new TreeSet<HoldingKey>();
        for (var join : joins) {
            keys.add(join.key());
            if (join.isGivenAtOnce()) holdings.add(HoldingKey.of(join.key().player(), join.reward()));
        }
        return repeats.transaction(
                connection -> known(connection, keys), (connection, known) -> BalanceRows.read(connection, holdings)
                        .chain(balances -> record(connection, GrantRules.grant(joins, known, balances), balances)));
    }

    private static Uni<Entry<Grant>> record(
            SqlConnection connection, Granting granting, Map<HoldingKey, Balance> balances) {
        var entry = new Entry<>(granting.effects(), granting.changes().size());
        if (granting.fresh().isEmpty()) return Uni.createFrom().item(entry);
        return insert(connection, granting.fresh())
                .chain(() -> BalanceRows.write(connection, granting.changes(), balances))
                .replaceWith(entry);
    }

    private static Uni<Map<FactKey, Grant>> known(SqlConnection connection, SortedSet<FactKey> keys) {
        return SELECT_GRANTS
                .select(connection, Batch.parameters(keys, key -> List.of(key.player(), key.id())))
                .map(rows -> {
                    var known = new HashMap<FactKey, Grant>();
                    for (var row : rows) {
                        var grant = GrantRows.grant(row);
                        known.put(grant.key(), grant);
                    }
                    return known;
                });
    }

    private static Uni<Void> insert(SqlConnection connection, SortedMap<FactKey, Grant> fresh) {
        return INSERT_GRANTS
                .execute(
                        connection,
                        Batch.parameters(
                                fresh.values(),
                                grant -> List.of(
                                        grant.key().player(),
                                        grant.key().id(),
                                        grant.activity(),
                                        grant.reward().kind(),
                                        grant.reward().name(),
                                        grant.reward().amount(),
                                        grant.grantedAtMs(),
                                        grant.claimUntilMs())))
                .replaceWithVoid();
    }
}

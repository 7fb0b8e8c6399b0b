package io.gamehall.reward.grant.sql;

import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.Reward;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.vertx.mutiny.sqlclient.Row;

/** Rows of {@code reward_grant} as grants. */
final class GrantRows {
    static final String SELECT =
            "SELECT player_id, source_id, activity_id, kind, name, amount, granted_at_ms FROM reward_grant";

    private GrantRows() {}

    static Grant grant(Row row) {
        return new Grant(
                new FactKey(row.getLong(0), row.getString(1)),
                row.getString(2),
                new Reward(row.getString(3), row.getString(4), row.getLong(5)),
                row.getLong(6));
    }
}

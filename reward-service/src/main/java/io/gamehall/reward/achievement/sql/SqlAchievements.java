package io.gamehall.reward.achievement.sql;

import io.gamehall.reward.achievement.AchievementConfig;
import io.gamehall.reward.achievement.AchievementLedger;
import io.gamehall.reward.achievement.domain.AchievementReport;
import io.gamehall.reward.achievement.domain.AchievementRules;
import io.gamehall.reward.achievement.domain.Limits;
import io.gamehall.reward.achievement.domain.Reached;
import io.gamehall.reward.achievement.domain.ReportRefused;
import io.gamehall.reward.store.StoreFault;
import io.gamehall.reward.store.sql.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Achievements in {@code achievement_chunk}. A batch of reports of which the latest stand, of sets of one chunk, takes
 * two statements over many rows; sums take two more, and sets of several chunks up to five. Sums are looked for each time
 * ({@link io.gamehall.reward.store.sql.Repeats} would not do): one that is added once more may leave 64 bits.
 */
@ApplicationScoped
class SqlAchievements implements AchievementLedger {
    private final Database database;
    private final Limits limits;

    SqlAchievements(Database database, AchievementConfig config) {
        this.database = database;
        this.limits = new Limits(config.chunkBytesMax(), config.typesMax());
    }

    @Override
    public Uni<Entry<Reached>> record(List<AchievementReport> reports) {
        return database.transaction(connection -> AchievementReads.present(connection, reports)
                .map(present -> AchievementRules.take(reports, present, limits))
                .onFailure(ReportRefused.class)
                .transform(StoreFault.Rejected::new)
                .call(taken -> AchievementWrites.write(connection, taken))
                .map(taken -> new Entry<>(taken.effects(), taken.chunks().size())));
    }
}

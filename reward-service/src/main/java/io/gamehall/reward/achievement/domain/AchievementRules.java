package io.gamehall.reward.achievement.domain;

import io.gamehall.reward.pipeline.domain.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How reports make achievements. Pure; however the same reports are cut into batches, and however often earlier ones
 * come again, they come to the same: also which achievement stands in which chunk.
 */
public final class AchievementRules {
    private AchievementRules() {}

    /**
     * The types of a batch that may stand in filled chunks: all of sets that have such, but those in the newest chunk.
     *
     * @param newest the newest chunks of the batch's sets; absent where there is none
     */
    public static SortedSet<TypeKey> elsewhere(List<AchievementReport> reports, Map<SetKey, Chunk> newest) {
        var types = new TreeSet<TypeKey>();
        for (var report : reports) {
            var chunk = newest.getOrDefault(report.set(), Chunk.NONE);
            if (chunk.filled() > 0 && !chunk.achievements().containsKey(report.type())) {
                types.add(new TypeKey(report.set(), report.type()));
            }
        }
        return types;
    }

    /**
     * Takes up a batch of reports.
     *
     * @param reports the batch; of one role, in the order of effect
     * @throws ReportRefused if a report can't be taken up
     * @throws ArithmeticException if a total leaves 64 bits
     */
    public static Taken take(List<AchievementReport> reports, Present present, Limits limits) {
        var batch = new Batch(present, limits);
        var effects = new ArrayList<Effect<Reached>>(reports.size());
        for (var report : reports) effects.add(batch.take(report));
        return batch.taken(effects);
    }

    private static final class Batch {
        private final Present present;
        private final Map<SetKey, AchievementSet> sets = new TreeMap<>();
        private final TreeMap<ReportKey, Counted> counted = new TreeMap<>();
        private final Limits limits;

        Batch(Present present, Limits limits) {
            this.present = present;
            this.limits = limits;
            present.filled().forEach((key, chunk) -> set(key.set()).load(key.number(), chunk));
        }

        private AchievementSet set(SetKey key) {
            return sets.computeIfAbsent(
                    key,
                    _ -> new AchievementSet(Optional.ofNullable(present.newest().get(key)), limits));
        }

        Effect<Reached> take(AchievementReport report) {
            return switch (report.merge()) {
                case LATEST -> replace(report);
                case SUM -> add(report);
            };
        }

        private Effect<Reached> replace(AchievementReport report) {
            var now = find(report).map(Achievement::latest);
            // One that stands itself is a repeat, and not late: it is told once more.
            if (now.isPresent() && !report.stamp().isAfter(now.get())) {
                return new Effect<>(Reached.of(report, now.get().isAfter(report.stamp())), false);
            }
            set(report.set()).put(Achievement.of(report));
            return new Effect<>(Reached.of(report, false), true);
        }

        private Effect<Reached> add(AchievementReport report) {
            var key = ReportKey.of(report);
            var before =
                    Optional.ofNullable(present.counted().get(key)).or(() -> Optional.ofNullable(counted.get(key)));
            if (before.isPresent()) return new Effect<>(Reached.of(before.get()), false);
            var after = find(report).map(now -> now.plus(report)).orElseGet(() -> Achievement.of(report));
            set(report.set()).put(after);
            var recorded = new Counted(report.type(), report.value(), after.value(), report.atMs());
            counted.put(key, recorded);
            return new Effect<>(Reached.of(recorded), true);
        }

        private Optional<Achievement> find(AchievementReport report) {
            var now = set(report.set()).find(report.type());
            if (now.isPresent() && now.get().merge() != report.merge()) {
                throw new ReportRefused("Type '%s' of the role is %s, and the report is %s"
                        .formatted(report.type(), now.get().merge(), report.merge()));
            }
            return now;
        }

        Taken taken(List<Effect<Reached>> effects) {
            var chunks = new TreeMap<ChunkKey, Taken.Change>();
            var gone = new TreeSet<ChunkKey>();
            var placed = new TreeMap<TypeKey, Integer>();
            var displaced = new TreeSet<TypeKey>();
            sets.forEach((key, set) -> {
                set.changed().forEach((number, change) -> chunks.put(new ChunkKey(key, number), change));
                set.gone().forEach(number -> gone.add(new ChunkKey(key, number)));
                set.places().forEach((type, number) -> placed.put(new TypeKey(key, type), number));
            });
            present.filled().forEach((key, chunk) -> {
                for (var type : chunk.achievements().keySet()) {
                    var typeKey = new TypeKey(key.set(), type);
                    if (!placed.containsKey(typeKey)) displaced.add(typeKey);
                    else placed.remove(typeKey, key.number());
                }
            });
            return new Taken(effects, chunks, gone, placed, displaced, counted);
        }
    }
}

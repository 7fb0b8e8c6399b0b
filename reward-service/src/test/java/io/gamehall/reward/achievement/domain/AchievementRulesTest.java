package io.gamehall.reward.achievement.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.reward.pipeline.domain.Effect;
import io.gamehall.reward.pipeline.domain.FactKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AchievementRulesTest {
    private static final long ALICE = 7;
    private static final Role KNIGHT = new Role("ios", 3, 12, "knight");
    private static final Limits ROOMY = new Limits(65_536, 1_000);
    private static final Limits SMALL = new Limits(600, 1_000);

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("the first report stands", List.of(latest("a", 10, 5)), 5L, "a"),
                Arguments.of("a later one takes its place", List.of(latest("a", 10, 5), latest("b", 11, 3)), 3L, "b"),
                Arguments.of("an earlier one comes too late", List.of(latest("a", 10, 5), latest("b", 9, 3)), 5L, "a"),
                Arguments.of(
                        "of one millisecond the greater id is the later",
                        List.of(latest("b", 10, 5), latest("a", 10, 3)),
                        5L,
                        "b"),
                Arguments.of(
                        "of one millisecond the greater id is the later, also if it comes later",
                        List.of(latest("a", 10, 5), latest("b", 10, 3)),
                        3L,
                        "b"),
                Arguments.of("a sum begins with the first", List.of(sum("a", 10, 5)), 5L, "a"),
                Arguments.of(
                        "sums add up, whatever their times",
                        List.of(sum("a", 10, 5), sum("b", 8, 3), sum("c", 9, -1)),
                        7L,
                        "a"),
                Arguments.of(
                        "a sum told twice counts once",
                        List.of(sum("a", 10, 5), sum("b", 11, 1), sum("a", 10, 5)),
                        6L,
                        "b"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void reports_come_together(String name, List<AchievementReport> reports, long value, String latest) {
        var tables = new Tables(ROOMY);

        var effects = tables.take(reports);

        var stands = tables.find(set(), "kills");
        assertThat(stands.value()).isEqualTo(value);
        assertThat(stands.latest().fact()).isEqualTo(latest);
        assertThat(stands.payload()).isEqualTo(payload(latest));
        assertThat(effects).hasSameSizeAs(reports);
    }

    @Test
    void each_sum_tells_the_total_right_after_it_and_each_other_report_what_it_said_unless_it_is_late() {
        var effects = new Tables(ROOMY)
                .take(List.of(
                        sum("a", 10, 5),
                        sum("b", 11, 2),
                        sum("a", 10, 5),
                        report("c", "level", Merge.LATEST, 12, 30),
                        report("d", "level", Merge.LATEST, 11, 29),
                        report("c", "level", Merge.LATEST, 12, 30)));

        assertThat(effects)
                .containsExactly(
                        new Effect<>(new Reached(5, 5, 10, false), true),
                        new Effect<>(new Reached(7, 2, 11, false), true),
                        new Effect<>(new Reached(5, 5, 10, false), false),
                        new Effect<>(new Reached(30, 0, 12, false), true),
                        new Effect<>(new Reached(29, 0, 11, true), false),
                        new Effect<>(new Reached(30, 0, 12, false), false));
    }

    @Test
    void a_report_that_stands_writes_nothing_when_it_is_told_again() {
        var tables = new Tables(ROOMY);
        tables.take(List.of(latest("a", 10, 5), report("b", "wins", Merge.SUM, 10, 1)));
        var before = tables.copy();

        var taken = tables.rules(List.of(latest("a", 10, 5), report("b", "wins", Merge.SUM, 10, 1)));

        assertThat(taken.chunks()).isEmpty();
        assertThat(taken.counted()).isEmpty();
        assertThat(tables.copy()).isEqualTo(before);
    }

    @Test
    void a_type_is_of_one_kind_for_ever() {
        var tables = new Tables(ROOMY);
        tables.take(List.of(latest("a", 10, 5)));

        assertThatThrownBy(() -> tables.take(List.of(sum("b", 11, 1))))
                .isInstanceOf(ReportRefused.class)
                .hasMessageContaining("kills")
                .hasMessageContaining("LATEST");
    }

    @Test
    void a_total_beyond_64_bits_is_refused_rather_than_wrapped() {
        assertThatThrownBy(() -> new Tables(ROOMY).take(List.of(sum("a", 10, Long.MAX_VALUE), sum("b", 11, 1))))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void a_role_has_so_many_types_and_no_more_also_when_they_stand_in_several_chunks() {
        var tables = new Tables(new Limits(300, 10));
        tables.take(types(10));
        assertThat(tables.chunks).hasSizeGreaterThan(1);

        tables.take(List.of(report("again", "type-3", Merge.LATEST, 99, 1)));
        assertThatThrownBy(() -> tables.take(List.of(report("new", "type-10", Merge.LATEST, 99, 1))))
                .isInstanceOf(ReportRefused.class)
                .hasMessageContaining("10 types");
    }

    @Test
    void the_same_role_of_another_player_is_another_set() {
        var tables = new Tables(ROOMY);
        tables.take(List.of(sum("a", 10, 5)));

        tables.take(List.of(
                new AchievementReport(new FactKey(8, "a"), KNIGHT, "kills", Merge.SUM, 2, payload("a"), 10, 1)));

        assertThat(tables.find(set(), "kills").value()).isEqualTo(5);
        assertThat(tables.find(new SetKey(8, KNIGHT.key()), "kills").value()).isEqualTo(2);
    }

    @Test
    void a_full_chunk_gets_a_number_and_later_reports_leave_it_alone() {
        var tables = new Tables(SMALL);
        tables.take(types(30));
        var first = tables.chunks.get(new ChunkKey(set(), 1));
        assertThat(first.achievements()).containsKey("type-0");

        var taken = tables.rules(List.of(report("new", "type-99", Merge.LATEST, 99, 1)));

        assertThat(taken.chunks()).containsOnlyKeys(new ChunkKey(set(), Chunk.NEWEST));
        assertThat(taken.placed()).isEmpty();
        assertThat(taken.displaced()).isEmpty();
    }

    @Test
    void what_is_reported_anew_moves_to_the_newest_chunk() {
        var tables = new Tables(SMALL);
        tables.take(types(30));

        var taken = tables.take0(List.of(report("new", "type-0", Merge.LATEST, 99, 1)));

        assertThat(taken.chunks()).containsOnlyKeys(new ChunkKey(set(), Chunk.NEWEST), new ChunkKey(set(), 1));
        assertThat(taken.displaced()).containsExactly(new TypeKey(set(), "type-0"));
        assertThat(tables.chunks.get(new ChunkKey(set(), 0)).achievements()).containsKey("type-0");
        assertThat(tables.chunks.get(new ChunkKey(set(), 1)).achievements()).doesNotContainKey("type-0");
    }

    @Test
    void a_chunk_of_which_little_is_left_is_dissolved() {
        var tables = new Tables(SMALL);
        tables.take(types(30));
        var first = tables.chunks.get(new ChunkKey(set(), 1)).achievements().keySet();

        for (var type : List.copyOf(first)) {
            tables.take(List.of(report("new-" + type, type, Merge.LATEST, 99, 1)));
            if (!tables.chunks.containsKey(new ChunkKey(set(), 1))) break;
        }

        assertThat(tables.chunks).doesNotContainKey(new ChunkKey(set(), 1));
        tables.check();
        assertThat(tables.all()).hasSize(30);
    }

    @Test
    void an_achievement_larger_than_a_chunk_has_one_of_its_own() {
        var tables = new Tables(SMALL);
        var large = new AchievementReport(
                new FactKey(ALICE, "large"),
                KNIGHT,
                "large",
                Merge.LATEST,
                1,
                new Payload(new byte[Payload.BYTES_MAX]),
                50,
                1);
        tables.take(types(3));
        tables.take(List.of(large));
        tables.take(List.of(report("x", "type-1", Merge.LATEST, 99, 1)));

        tables.check();
        assertThat(tables.all()).hasSize(4);
    }

    /** Any split into batches and any redelivery comes to the same rows, chunk by chunk, and tells the same. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void splits_and_repeats_make_no_difference(long seed) {
        var random = new Random(seed);
        var reports = IntStream.range(0, 1_500).mapToObj(id -> any(random, id)).toList();
        var oneByOne = new Tables(SMALL);
        reports.forEach(report -> oneByOne.take(List.of(report)));
        oneByOne.check();

        var piecemeal = new Tables(SMALL);
        for (var at = 0; at < reports.size(); ) {
            var end = Math.min(reports.size(), at + 1 + random.nextInt(90));
            var batch = new ArrayList<>(reports.subList(at, end));
            // A crash before the commit of offsets: some of what came before comes again, in front.
            if (random.nextInt(3) == 0) batch.addAll(0, reports.subList(Math.max(0, at - random.nextInt(200)), at));
            piecemeal.take(batch);
            piecemeal.check();
            at = end;
        }
        piecemeal.take(reports);
        var atOnce = new Tables(SMALL);
        atOnce.take(reports);

        assertThat(oneByOne.chunks.keySet()).as("seed %d", seed).hasSizeGreaterThan(20);
        assertThat(piecemeal.copy()).as("seed %d", seed).isEqualTo(oneByOne.copy());
        assertThat(atOnce.copy()).as("seed %d", seed).isEqualTo(oneByOne.copy());
        assertThat(atOnce.gave).as("seed %d", seed).isEqualTo(oneByOne.gave);
        assertThat(piecemeal.gave).as("seed %d", seed).isEqualTo(oneByOne.gave);
        expected(reports).forEach((key, value) -> assertThat(
                        oneByOne.find(key.set(), key.type()).value())
                .as("seed %d, %s", seed, key)
                .isEqualTo(value));
    }

    /** By the definition: the greatest stamp of a type, or the sum over distinct ids. */
    private static Map<TypeKey, Long> expected(List<AchievementReport> reports) {
        var latest = new HashMap<TypeKey, AchievementReport>();
        var values = new HashMap<TypeKey, Long>();
        var told = new HashSet<ReportKey>();
        for (var report : reports) {
            var key = new TypeKey(report.set(), report.type());
            if (report.merge() == Merge.SUM) {
                if (told.add(ReportKey.of(report))) values.merge(key, report.value(), Long::sum);
            } else if (!latest.containsKey(key)
                    || report.stamp().isAfter(latest.get(key).stamp())) {
                latest.put(key, report);
                values.put(key, report.value());
            }
        }
        return values;
    }

    private static AchievementReport any(Random random, int id) {
        var type = random.nextInt(60);
        return new AchievementReport(
                new FactKey(ALICE + random.nextInt(2), "fact-" + (id - random.nextInt(2))),
                new Role("ios", 1, random.nextInt(2), "r"),
                "type-" + type,
                type % 3 == 0 ? Merge.SUM : Merge.LATEST,
                random.nextInt(100),
                new Payload(new byte[random.nextInt(20) == 0 ? random.nextInt(900) : random.nextInt(30)]),
                1_000 + id / 3 - random.nextInt(40),
                1 + id);
    }

    /** What the database would hold. */
    private static final class Tables {
        private final Limits limits;
        private final Map<ChunkKey, Chunk> chunks = new TreeMap<>();
        private final Map<TypeKey, Integer> places = new TreeMap<>();
        private final Map<ReportKey, Counted> counted = new TreeMap<>();
        /** What each fact gave that was not late, by its record. */
        private final Map<AchievementReport, Reached> gave = new HashMap<>();

        Tables(Limits limits) {
            this.limits = limits;
        }

        Taken rules(List<AchievementReport> batch) {
            var newest = new HashMap<SetKey, Chunk>();
            for (var report : batch) {
                var chunk = chunks.get(new ChunkKey(report.set(), Chunk.NEWEST));
                if (chunk != null) newest.put(report.set(), chunk);
            }
            var filled = new TreeMap<ChunkKey, Chunk>();
            for (var type : AchievementRules.elsewhere(batch, newest)) {
                var place = places.get(type);
                if (place == null) continue;
                var key = new ChunkKey(type.set(), place);
                filled.put(key, chunks.get(key));
            }
            return AchievementRules.take(batch, new Present(newest, filled, counted), limits);
        }

        List<Effect<Reached>> take(List<AchievementReport> batch) {
            return take0(batch).effects();
        }

        Taken take0(List<AchievementReport> batch) {
            var taken = rules(batch);
            taken.chunks().forEach((key, change) -> {
                var stands = chunks.get(key);
                assertThat(change.before().orElse(0L)).isEqualTo(stands == null ? 0L : stands.version());
                assertThat(change.changes()).isPositive();
                chunks.put(key, change.after());
            });
            taken.gone().forEach(key -> assertThat(chunks.remove(key)).isNotNull());
            places.putAll(taken.placed());
            taken.displaced().forEach(key -> assertThat(places.remove(key)).isNotNull());
            counted.putAll(taken.counted());
            for (var index = 0; index < batch.size(); index++) {
                var reached = taken.effects().get(index).what();
                if (reached.late()) continue;
                var before = gave.putIfAbsent(batch.get(index), reached);
                if (before != null) assertThat(reached).isEqualTo(before);
            }
            return taken;
        }

        /** What always holds. */
        void check() {
            var seen = new HashMap<TypeKey, Integer>();
            chunks.forEach((key, chunk) -> {
                assertThat(chunk.achievements()).isNotEmpty();
                var bytes = chunk.achievements().values().stream()
                        .mapToInt(Achievement::bytes)
                        .sum();
                if (chunk.achievements().size() > 1) assertThat(bytes).isLessThanOrEqualTo(limits.chunkBytes());
                for (var type : chunk.achievements().keySet()) {
                    assertThat(seen.put(new TypeKey(key.set(), type), key.number()))
                            .as("%s stands once", type)
                            .isNull();
                }
            });
            var newest = new HashMap<SetKey, Integer>();
            seen.forEach((key, _) -> newest.merge(key.set(), 1, Integer::sum));
            newest.forEach((set, types) -> assertThat(
                            chunks.get(new ChunkKey(set, Chunk.NEWEST)).types())
                    .isEqualTo(types));
            seen.values().removeIf(number -> number == Chunk.NEWEST);
            assertThat(places).isEqualTo(seen);
        }

        Achievement find(SetKey set, String type) {
            var number = places.getOrDefault(new TypeKey(set, type), Chunk.NEWEST);
            return chunks.get(new ChunkKey(set, number)).achievements().get(type);
        }

        List<Achievement> all() {
            return chunks.values().stream()
                    .flatMap(chunk -> chunk.achievements().values().stream())
                    .toList();
        }

        List<Object> copy() {
            return List.of(Map.copyOf(chunks), Map.copyOf(places), Map.copyOf(counted));
        }
    }

    @Test
    void nonsense_is_no_report() {
        assertThatThrownBy(() -> report("a", "", Merge.LATEST, 1, 1)).hasMessageContaining("type is missing");
        assertThatThrownBy(() -> report("a", "x".repeat(65), Merge.LATEST, 1, 1))
                .hasMessageContaining("64");
        assertThatThrownBy(() -> report("a", "x", Merge.LATEST, -1, 1)).hasMessageContaining("timestamp");
        assertThatThrownBy(() -> new Payload(new byte[4_097])).hasMessageContaining("4097");
        assertThatThrownBy(() -> new Role("a/b", 1, 1, "r")).hasMessageContaining("slash");
        assertThatThrownBy(() -> new Role("a", 1L << 32, 1, "r")).hasMessageContaining("zone");
        assertThatThrownBy(() -> new Role("a", 1, -1, "r")).hasMessageContaining("server");
        assertThatThrownBy(() -> new Role("a", 1, 1, "")).hasMessageContaining("role_id");
    }

    @Test
    void no_role_has_the_key_of_another() {
        var tricky = new Role("ios", 1, 2, "3/ios/4");
        assertThat(tricky.key()).isEqualTo("ios/1/2/3/ios/4");
        assertThat(Role.parse(tricky.key())).isEqualTo(tricky);
        assertThatThrownBy(() -> Role.parse("ios/1/2")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<AchievementReport> types(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> report("fact-" + id, "type-" + id, Merge.LATEST, 10 + id, id))
                .toList();
    }

    private static SetKey set() {
        return new SetKey(ALICE, KNIGHT.key());
    }

    private static AchievementReport latest(String id, long atMs, long value) {
        return report(id, "kills", Merge.LATEST, atMs, value);
    }

    private static AchievementReport sum(String id, long atMs, long value) {
        return report(id, "kills", Merge.SUM, atMs, value);
    }

    private static AchievementReport report(String id, String type, Merge merge, long atMs, long value) {
        return new AchievementReport(new FactKey(ALICE, id), KNIGHT, type, merge, value, payload(id), atMs, 1);
    }

    private static Payload payload(String id) {
        return new Payload(id.getBytes(StandardCharsets.US_ASCII));
    }
}

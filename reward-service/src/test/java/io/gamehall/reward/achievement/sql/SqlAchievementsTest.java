package io.gamehall.reward.achievement.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.reward.achievement.AchievementLedger;
import io.gamehall.reward.achievement.Achievements;
import io.gamehall.reward.achievement.domain.Achievement;
import io.gamehall.reward.achievement.domain.AchievementPage;
import io.gamehall.reward.achievement.domain.AchievementPage.Cursor;
import io.gamehall.reward.achievement.domain.AchievementPage.Item;
import io.gamehall.reward.achievement.domain.AchievementPage.Query;
import io.gamehall.reward.achievement.domain.AchievementReport;
import io.gamehall.reward.achievement.domain.Merge;
import io.gamehall.reward.achievement.domain.Payload;
import io.gamehall.reward.achievement.domain.Role;
import io.gamehall.reward.achievement.domain.Stamp;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.store.StoreFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Achievements on the real database, also with several writers, as while Kafka hands partitions over. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class SqlAchievementsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 20_261_121;

    private final long player = ThreadLocalRandom.current().nextLong(1, 1L << 50);

    @Inject
    AchievementLedger ledger;

    @Inject
    Achievements achievements;

    @Inject
    Pool pool;

    @Test
    void thousands_of_types_are_cut_into_chunks_and_batches_and_repeats_make_no_difference_to_a_byte() {
        var reports = reports(player, 6_000, 3_000);
        batches(reports, new Random(1)).forEach(this::record);
        var rows = rows(player);

        batches(reports, new Random(2)).forEach(this::record);

        assertThat(rows(player)).isEqualTo(rows);
        var twin = player + 1;
        batches(reports(twin, 6_000, 3_000), new Random(3)).forEach(this::record);
        assertThat(rows(twin)).isEqualTo(rows);
        assertThat(rows.get("achievement_chunk")).hasSizeGreaterThan(15);
        assertThat(rows.get("achievement_chunk").size()
                        + rows.get("achievement_place").size())
                .isLessThan(3_000);
        assertThat(everything(player, 97)).isEqualTo(newestFirst(reports));
    }

    @Test
    void a_report_to_a_large_set_writes_two_rows_at_most() {
        var reports = reports(player, 2_000, 2_000);
        record(reports);
        var role = reports.getFirst().role();

        var anew = record(List.of(report(player, role, "again", reports.get(7).type(), Merge.LATEST, 9_999_999, 5)));
        var once = record(List.of(report(player, role, "new", "never-seen", Merge.LATEST, 9_999_999, 5)));
        var toldAgain = record(List.of(report(player, role, "new", "never-seen", Merge.LATEST, 9_999_999, 5)));

        assertThat(anew).isLessThanOrEqualTo(2);
        assertThat(once).isEqualTo(1);
        assertThat(toldAgain).isZero();
    }

    @Test
    void writers_of_the_same_reports_at_once_come_to_each_report_once() {
        var reports = reports(player, 600, 200);

        var writers = IntStream.range(0, 4)
                .mapToObj(writer -> {
                    var mine = new ArrayList<>(reports);
                    Collections.shuffle(mine, new Random(SEED + writer));
                    return inOrder(batches(mine, new Random(SEED + writer)));
                })
                .toList();
        Uni.join().all(writers).andFailFast().await().atMost(PATIENCE);

        assertThat(everything(player, 100)).isEqualTo(newestFirst(reports));
    }

    /** Each batch fills a chunk, also between the looks that a page takes. */
    @Test
    void a_page_has_no_gap_while_chunks_are_filled() throws Exception {
        var role = new Role("ios", 1, 1, "r");
        var batches = IntStream.range(0, 100)
                .mapToObj(batch -> IntStream.range(80 * batch, 80 * batch + 80)
                        .mapToObj(id -> report(player, role, "f-" + id, "type-" + id, Merge.LATEST, 1_000L + id, 59))
                        .toList())
                .toList();
        record(batches.getFirst());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing =
                    threads.submit(() -> batches.subList(1, batches.size()).forEach(this::record));
            var readers = IntStream.range(0, 3)
                    .mapToObj(reader -> threads.submit(() -> {
                        do {
                            var times = timesOf(achievements
                                    .page(new Query(player, 25, Optional.empty()))
                                    .await()
                                    .atMost(PATIENCE));
                            assertThat(times)
                                    .isEqualTo(LongStream.range(0, 25)
                                            .mapToObj(nth -> times.getFirst() - nth)
                                            .toList());
                        } while (!writing.isDone());
                    }))
                    .toList();
            for (var reader : readers) reader.get();
            writing.get();
        }
    }

    private static List<Long> timesOf(AchievementPage page) {
        return page.items().stream()
                .map(item -> item.achievement().latest().atMs())
                .toList();
    }

    @Test
    void a_batch_of_more_bytes_than_a_statement_may_have_is_one_transaction() {
        var reports = IntStream.range(0, 1_000)
                .mapToObj(id -> new AchievementReport(
                        new FactKey(player + id, "f"),
                        new Role("ios", 1, 1, "r"),
                        "type",
                        Merge.LATEST,
                        id,
                        new Payload(new byte[Payload.BYTES_MAX]),
                        1_000,
                        1))
                .toList();

        assertThat(record(reports)).isEqualTo(1_000);
        assertThat(everything(player + 999, 1))
                .singleElement()
                .satisfies(item -> assertThat(item.achievement().value()).isEqualTo(999));
    }

    @Test
    void a_report_of_another_kind_is_rejected_and_nothing_of_its_batch_stands() {
        var role = new Role("ios", 1, 1, "r");
        record(List.of(report(player, role, "1", "kills", Merge.SUM, 1_000, 5)));
        var rows = rows(player);

        assertThatThrownBy(() -> record(List.of(
                        report(player, role, "2", "kills", Merge.SUM, 1_001, 5),
                        report(player, role, "3", "kills", Merge.LATEST, 1_002, 5))))
                .isInstanceOf(StoreFault.Rejected.class)
                .hasMessageContaining("kills");

        assertThat(rows(player)).isEqualTo(rows);
    }

    private int record(List<AchievementReport> batch) {
        return ledger.record(batch).await().atMost(PATIENCE).rows();
    }

    private Uni<Void> inOrder(List<List<AchievementReport>> batches) {
        var done = Uni.createFrom().voidItem();
        for (var batch : batches) {
            done = done.chain(() -> Uni.createFrom()
                    .deferred(() -> ledger.record(batch))
                    .onFailure(StoreFault.Conflict.class)
                    .retry()
                    .withBackOff(Duration.ofMillis(5), Duration.ofMillis(50))
                    .indefinitely()
                    .replaceWithVoid());
        }
        return done;
    }

    private static List<List<AchievementReport>> batches(List<AchievementReport> reports, Random random) {
        var batches = new ArrayList<List<AchievementReport>>();
        for (var at = 0; at < reports.size(); ) {
            var end = Math.min(reports.size(), at + 1 + random.nextInt(500));
            batches.add(reports.subList(at, end));
            at = end;
        }
        return batches;
    }

    /** Each type at least once, in two roles; every fourth one is added up. */
    private static List<AchievementReport> reports(long player, int count, int types) {
        var random = new Random(SEED);
        return IntStream.range(0, count)
                .mapToObj(id -> {
                    var type = id < types ? id : random.nextInt(types);
                    var merge = type % 4 == 0 ? Merge.SUM : Merge.LATEST;
                    var role = new Role("ios", 1, type % 10 == 0 ? 2 : 1, "r/" + type % 10 / 9);
                    var atMs = 1_000_000L + id - random.nextInt(50);
                    return report(player, role, "fact-" + id, "type-" + type, merge, atMs, random.nextInt(1_000));
                })
                .toList();
    }

    private static AchievementReport report(
            long player, Role role, String id, String type, Merge merge, long atMs, long value) {
        var payload = new byte[(int) (value % 60)];
        new Random(value).nextBytes(payload);
        return new AchievementReport(
                new FactKey(player, id), role, type, merge, value, new Payload(payload), atMs, atMs - 5);
    }

    /** What pages have to show, by the definition. */
    private static List<Item> newestFirst(List<AchievementReport> reports) {
        var latest = new HashMap<String, AchievementReport>();
        var sums = new HashMap<String, Long>();
        for (var report : reports) {
            latest.merge(
                    report.type(),
                    report,
                    (one, other) -> one.atMs() != other.atMs()
                            ? one.atMs() > other.atMs() ? one : other
                            : one.key().id().compareTo(other.key().id()) > 0 ? one : other);
            sums.merge(report.type(), report.value(), Long::sum);
        }
        return latest.values().stream()
                .map(report -> new Item(
                        report.role().key(),
                        new Achievement(
                                report.type(),
                                report.merge(),
                                report.merge() == Merge.SUM ? sums.get(report.type()) : report.value(),
                                new Stamp(report.atMs(), report.key().id()),
                                report.payload(),
                                report.reportedAtMs())))
                .sorted((one, other) -> AchievementPage.NEWEST_FIRST.compare(cursor(one), cursor(other)))
                .toList();
    }

    private static Cursor cursor(Item item) {
        return new Cursor(
                item.achievement().latest().atMs(),
                item.role(),
                item.achievement().type());
    }

    private List<Item> everything(long of, int limit) {
        var all = new ArrayList<Item>();
        var after = Optional.<Cursor>empty();
        do {
            var page = achievements.page(new Query(of, limit, after)).await().atMost(PATIENCE);
            all.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    /** All that stands of a player, without the player's id. */
    private Map<String, List<String>> rows(long of) {
        var all = new HashMap<String, List<String>>();
        for (var table : List.of("achievement_chunk", "achievement_place", "achievement_fact")) {
            var columns = table.equals("achievement_chunk") ? "*, HEX(body)" : "*";
            var rows = new ArrayList<String>();
            for (var row : pool.preparedQuery(
                            "SELECT " + columns + " FROM " + table + " WHERE player_id = ? ORDER BY 1, 2, 3")
                    .execute(Tuple.of(of))
                    .await()
                    .atMost(PATIENCE)) {
                var text = new StringBuilder();
                for (var column = 1; column < row.size(); column++) {
                    text.append(row.getColumnName(column))
                            .append('=')
                            .append(row.getValue(column))
                            .append(' ');
                }
                rows.add(text.toString());
            }
            all.put(table, rows);
        }
        return all;
    }
}

package io.gamehall.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.reward.achievement.domain.Stamp;
import io.gamehall.reward.achievement.kafka.AchievementReports;
import io.gamehall.v1.AchievementReport;
import io.gamehall.v1.AchievementReport.Merge;
import io.gamehall.v1.Notice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A whole topic of reports, of thousands of types, once more from its beginning. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class AchievementReplayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int TYPES = 2_500;
    private static final int REPORTS = 4_000;

    private final long player = ThreadLocalRandom.current().nextLong(1, 1L << 50);

    @Inject
    AchievementReports consumer;

    @Inject
    Pool pool;

    @Test
    void replay_from_zero_leaves_the_tables_byte_for_byte_the_same() {
        try (var outside = new Outside()) {
            var random = new Random(20_261_121);
            var onTime = new HashSet<String>();
            var standing = new HashMap<String, Stamp>();
            var sums = 0;
            for (var id = 0; id < REPORTS; id++) {
                var report = report(random, id);
                var atMs = Outside.AT_MS + id - random.nextInt(100);
                outside.start(report, atMs);
                if (isOnTime(report, atMs, standing)) onTime.add(report.getFactId());
                if (report.getMerge() == Merge.SUM) sums++;
            }
            assertThat(onTime).hasSizeLessThan(REPORTS);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(facts(outside.notices(player)))
                    .containsExactlyInAnyOrderElementsOf(onTime));
            var rows = rows();
            assertThat(rows.get("achievement_chunk")).hasSizeGreaterThan(10);

            var all = outside.all(Topics.ACHIEVEMENT_REPORTS);
            for (var at = 0; at < all.size(); ) {
                var end = Math.min(all.size(), at + 1 + random.nextInt(700));
                consumer.receive(batch(all.subList(at, end))).await().atMost(PATIENCE);
                at = end;
            }

            assertThat(rows()).isEqualTo(rows);
            var notices = outside.notices(player);
            assertThat(notices).hasSizeGreaterThanOrEqualTo(onTime.size() + sums + standing.size());
            assertThat(facts(notices)).isEqualTo(onTime);
            assertThat(new HashSet<>(notices)).hasSameSizeAs(onTime);
        }
    }

    /** Whether it is told: each that is added up, and others unless a later one of the type has come before. */
    private static boolean isOnTime(AchievementReport report, long atMs, Map<String, Stamp> standing) {
        if (report.getMerge() == Merge.SUM) return true;
        var stamp = new Stamp(atMs, report.getFactId());
        return standing.merge(report.getType(), stamp, (one, other) -> one.compareTo(other) > 0 ? one : other) == stamp;
    }

    private static Set<String> facts(List<Notice> notices) {
        return notices.stream()
                .map(notice ->
                        notice.getNoticeId().substring(notice.getNoticeId().lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    private AchievementReport report(Random random, int id) {
        var type = id < TYPES ? id : random.nextInt(TYPES);
        return AchievementReport.newBuilder()
                .setFactId("fact-" + id)
                .setPlayerId(player)
                .setPlatform("ios")
                .setZone(1)
                .setServer(type % 3 == 0 ? 1 : 2)
                .setRoleId("r" + player)
                .setType("type-" + type)
                .setValue(random.nextInt(1_000))
                .setPayload(ByteString.copyFrom(new byte[random.nextInt(80)]))
                .setReportedAtMs(Outside.AT_MS)
                .setMerge(type % 5 == 0 ? Merge.SUM : Merge.LATEST)
                .build();
    }

    private static ConsumerRecords<byte[], byte[]> batch(List<ConsumerRecord<byte[], byte[]>> records) {
        var byPartition = records.stream()
                .collect(Collectors.groupingBy(record -> new TopicPartition(record.topic(), record.partition())));
        return new ConsumerRecords<>(byPartition, Map.of());
    }

    private Map<String, List<String>> rows() {
        return Map.of(
                "achievement_chunk", rows("achievement_chunk", "*, HEX(body)"),
                "achievement_place", rows("achievement_place", "*"),
                "achievement_fact", rows("achievement_fact", "*"));
    }

    private List<String> rows(String table, String columns) {
        var rows = new ArrayList<String>();
        for (var row : pool.preparedQuery(
                        "SELECT " + columns + " FROM " + table + " WHERE player_id = ? ORDER BY 1, 2, 3")
                .execute(Tuple.of(player))
                .await()
                .atMost(PATIENCE)) {
            rows.add(text(row));
        }
        return rows;
    }

    private static String text(Row row) {
        var text = new StringBuilder();
        for (var column = 0; column < row.size(); column++) {
            text.append(row.getColumnName(column))
                    .append('=')
                    .append(row.getValue(column))
                    .append(' ');
        }
        return text.toString();
    }
}

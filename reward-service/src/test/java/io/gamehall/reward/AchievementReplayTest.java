package io.gamehall.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.reward.achievement.kafka.AchievementReports;
import io.gamehall.v1.AchievementReport;
import io.gamehall.v1.AchievementReport.Merge;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
            for (var id = 0; id < REPORTS; id++) {
                outside.start(report(random, id), Outside.AT_MS + id - random.nextInt(100));
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                var told = new HashSet<String>();
                outside.notices(player).forEach(notice -> told.add(notice.getNoticeId()));
                assertThat(told).hasSize(REPORTS);
            });
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
            assertThat(notices).hasSizeGreaterThanOrEqualTo(2 * REPORTS);
            assertThat(new HashSet<>(notices)).hasSize(REPORTS);
        }
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

package io.gamehall.room.owner.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.journal.OwnerClaim;
import io.gamehall.room.owner.EventLoops;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class KafkaJournalTest {
    private static final Duration EVENTUALLY = Duration.ofSeconds(30);
    private static final RoomId ROOM = new RoomId("upgrade-" + "0".repeat(40));
    private static final OwnerClaim CLAIM = new OwnerClaim("r", "h:1", "n", 0);

    @Test
    void nothing_follows_an_append_that_failed_until_the_owner_has_stepped_down() throws Exception {
        var servers = HallServers.freshCell();
        var topic = Topics.name(servers.cell(), Topics.ROOM_JOURNAL);
        // So small that the room's record is refused, while the shorter ones of a member and a claim fit.
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers.config().get("kafka.bootstrap.servers"), "max.request.size", 195);
        var vertx = Vertx.vertx();
        var loops = new EventLoops(vertx, Topics.ROOM_PARTITIONS);
        var failures = new AtomicInteger();
        var tooLong = new RoomChanged(ROOM, RoomSetup.withTablesForAll("g".repeat(32), 4, 400));
        try (var journal = new KafkaJournal(settings, topic, loops, System::nanoTime, failures::incrementAndGet)) {
            journal.warmUp();

            loops.run(0, () -> {
                journal.append(0, 1, tooLong);
                // Now the producer that took the failed one's place could send.
                journal.warmUp();
                journal.append(0, 1, new MemberLeft(new RoomId("a"), new PlayerId(7)));
            });

            await().atMost(EVENTUALLY).until(() -> failures.get() > 0);
            journal.warmUp();
            loops.run(0, () -> journal.claim(0, 2, CLAIM));
            assertThat(keysUpToOwner(servers.config().get("kafka.bootstrap.servers"), topic))
                    .containsExactly("owner");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static List<String> keysUpToOwner(String kafka, String topic) {
        var keys = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            await().atMost(EVENTUALLY).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    keys.add(new String(record.key(), StandardCharsets.UTF_8));
                }
                return keys.contains("owner");
            });
        }
        return keys;
    }
}

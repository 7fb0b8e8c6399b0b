package io.gamehall.room.owner.kafka;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTopicTest {
    private static final String CELL = HallServers.servers().cell();
    private static final Map<String, Object> KAFKA =
            Map.of("bootstrap.servers", HallServers.servers().config().get("kafka.bootstrap.servers"));

    @Test
    void the_topic_that_prepare_creates_is_right() {
        JournalTopic.check(KAFKA, Topics.name(CELL, Topics.ROOM_JOURNAL));
    }

    @ParameterizedTest
    @CsvSource({
        "cleanup.policy, delete, 'has cleanup.policy=delete, but must have compact'",
        "cleanup.policy, 'compact,delete', 'has cleanup.policy=compact,delete, but must have compact'",
        "min.compaction.lag.ms, 599999, 'has min.compaction.lag.ms=599999, but must have 600000 at least'",
        "delete.retention.ms, 3599999, 'has delete.retention.ms=3599999, but must have 3600000 at least'",
        "unclean.leader.election.enable, true, 'has unclean.leader.election.enable=true, but must have false'",
    })
    void a_wrong_setting_is_named_with_its_cure(String name, String value, String sentence) throws Exception {
        var topic = create(Topics.ROOM_PARTITIONS, Map.of(name, value));

        assertThatIllegalStateException()
                .isThrownBy(() -> JournalTopic.check(KAFKA, topic))
                .withMessageStartingWith("Topic " + topic + " " + sentence)
                .withMessageContaining("--entity-name " + topic + " --add-config " + name + "=")
                .withMessageNotContaining("partitions");
    }

    @Test
    void every_fault_has_its_sentence() throws Exception {
        var topic = create(3, Map.of("cleanup.policy", "delete"));

        assertThatIllegalStateException()
                .isThrownBy(() -> JournalTopic.check(KAFKA, topic))
                .withMessageStartingWith("Topic " + topic + " has 3 partitions, but rooms are spread over 32")
                .withMessageContaining("has cleanup.policy=delete");
    }

    @Test
    void a_missing_topic_is_waited_for_and_then_named() {
        assertThatIllegalStateException()
                .isThrownBy(() -> JournalTopic.check(KAFKA, CELL + ".nowhere", Duration.ofMillis(500)))
                .withMessage("There is no topic " + CELL + ".nowhere: let `hallctl prepare` create it.");
    }

    @Test
    void a_topic_that_appears_late_is_enough() throws Exception {
        var topic = name();
        var checked = CompletableFuture.runAsync(() -> JournalTopic.check(KAFKA, topic));
        create(topic, Topics.ROOM_PARTITIONS, Map.of());

        checked.get(30, TimeUnit.SECONDS);
    }

    private static String name() {
        return CELL + ".journal-" + UUID.randomUUID();
    }

    private static String create(int partitions, Map<String, String> wrong) throws Exception {
        return create(name(), partitions, wrong);
    }

    private static String create(String topic, int partitions, Map<String, String> wrong) throws Exception {
        var settings = new HashMap<>(Map.of(
                "cleanup.policy", "compact", "min.compaction.lag.ms", "600000", "delete.retention.ms", "3600000"));
        settings.putAll(wrong);
        try (var admin = Admin.create(KAFKA)) {
            var wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings);
            admin.createTopics(List.of(wanted)).all().get();
        }
        return topic;
    }
}

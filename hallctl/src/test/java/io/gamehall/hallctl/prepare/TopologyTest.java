package io.gamehall.hallctl.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.testing.RealServers;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private String cell;
    private Topology topology;

    @BeforeEach
    void aCell() throws Exception {
        cell = RealServers.cellWithTopics();
        topology = new Topology(RealServers.kafka());
    }

    @Test
    void a_topic_of_an_earlier_version_is_brought_to_take_larger_records() throws Exception {
        var letters = topic(Topics.GAME_RESULTS + Topics.DLQ_SUFFIX);
        set(letters, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048588");

        topology.prepare(cell);

        awaitValue(letters, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.DEAD_LETTER_BYTES_MAX));
    }

    @Test
    void a_topic_that_takes_larger_records_than_it_must_is_refused_and_left_alone() throws Exception {
        var letters = topic(Topics.GAME_RESULTS + Topics.DLQ_SUFFIX);
        var larger = Integer.toString(2 * Topics.DEAD_LETTER_BYTES_MAX);
        set(letters, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, larger);

        assertThatThrownBy(() -> topology.prepare(cell))
                .isInstanceOf(Topology.TopicMismatch.class)
                .hasMessageContaining("max.message.bytes=" + larger);
        assertThat(value(letters, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)).isEqualTo(larger);
    }

    @Test
    void a_topic_that_is_cleaned_otherwise_is_refused_and_left_alone() throws Exception {
        var journal = topic(Topics.ROOM_JOURNAL);
        set(journal, TopicConfig.CLEANUP_POLICY_CONFIG, "delete");

        assertThatThrownBy(() -> topology.prepare(cell))
                .isInstanceOf(Topology.TopicMismatch.class)
                .hasMessageContaining("cleanup.policy=delete");
        assertThat(value(journal, TopicConfig.CLEANUP_POLICY_CONFIG)).isEqualTo("delete");
    }

    private ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, Topics.name(cell, name));
    }

    private static Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, RealServers.kafka()));
    }

    private static void set(ConfigResource topic, String name, String value) throws Exception {
        try (var admin = admin()) {
            var set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
        }
        awaitValue(topic, name, value);
    }

    /** The broker learns of a change a moment after it was made. */
    private static void awaitValue(ConfigResource topic, String name, String value) {
        await().until(() -> value(topic, name), value::equals);
    }

    private static String value(ConfigResource topic, String name) throws Exception {
        try (var admin = admin()) {
            return admin.describeConfigs(List.of(topic))
                    .all()
                    .get()
                    .get(topic)
                    .get(name)
                    .value();
        }
    }
}

package io.gamehall.hallctl.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.contracts.DeadLetters;
import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.testing.HallRun;
import io.gamehall.hallctl.testing.RealServers;
import io.gamehall.v1.GameResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DlqCommandTest {
    /** Longer ago than the topic keeps facts by Kafka's time. */
    private static final Instant TOLD_AT =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(20));

    private static final String RESULTS = Topics.GAME_RESULTS + Topics.DLQ_SUFFIX;
    private static final String JOINS = Topics.ACTIVITY_JOINS + Topics.DLQ_SUFFIX;

    private String cell;

    @BeforeEach
    void aCell() throws Exception {
        cell = RealServers.cellWithTopics();
    }

    @Test
    void letters_are_counted_and_listed_page_by_page_in_all_topics() throws Exception {
        bury(JOINS, 1, "reward is missing");
        for (int i = 0; i < 5; i++) bury(RESULTS, i, "score is " + i);

        var first = dlq("list", "--limit", "4");
        assertThat(first).contains("activity-joins-dlq/0/0", "reward is missing", "game-results-dlq/0/2");
        assertThat(first).doesNotContain("game-results-dlq/0/3  ").contains("--after game-results-dlq/0/2");
        assertThat(line(first, "game-results-dlq ")).isEqualTo("game-results-dlq 5 0 0");
        assertThat(line(first, "achievement-reports-dlq ")).isEqualTo("achievement-reports-dlq 0 0 0");

        var next = dlq("list", "--limit", "4", "--after", "game-results-dlq/0/2");
        assertThat(next)
                .contains("game-results-dlq/0/3", "game-results-dlq/0/4")
                .doesNotContain("--after", "/0/2");

        assertThat(dlq("list", "--cause", "score is 3"))
                .contains("game-results-dlq/0/3")
                .doesNotContain("game-results-dlq/0/2", "activity-joins-dlq/0/0");
    }

    @Test
    void a_letter_is_shown_with_headers_bytes_and_what_they_mean() throws Exception {
        bury(RESULTS, 7, "bad \u001b[31m luck");

        var shown = dlq("show", "game-results-dlq/0/0");

        assertThat(shown)
                .contains("cause      bad \\u001b[31m luck")
                .contains("partition 3, offset 7, of " + TOLD_AT)
                .contains("header     trace = t7")
                .contains("key        1 bytes", "37")
                .contains("decoded    GameResult", "fact_id: \"fact-7\"")
                .doesNotContain("\u001b");
    }

    @Test
    void a_replayed_letter_is_as_it_was_and_says_what_it_is() throws Exception {
        bury(RESULTS, 7, "score is 7");
        long before = System.currentTimeMillis();

        assertThat(dlq("replay", "game-results-dlq/0/0")).contains("1 letters replayed.");

        var back = all(Topics.GAME_RESULTS);
        assertThat(back).hasSize(1);
        var record = back.getFirst();
        assertThat(record.partition()).isEqualTo(3);
        // The topic keeps it from now on as long as any other.
        assertThat(record.timestamp()).isGreaterThanOrEqualTo(before);
        assertThat(record.key()).isEqualTo("7".getBytes(StandardCharsets.US_ASCII));
        assertThat(record.value()).isEqualTo(fact(7));
        assertThat(Arrays.stream(record.headers().toArray())
                        .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8)))
                .containsExactly(
                        "trace=t7",
                        "origin-timestamp-ms=" + TOLD_AT.toEpochMilli(),
                        "replayed-from=game-results-dlq/0/0",
                        "replays=1");
    }

    @Test
    void what_was_replayed_or_dropped_is_not_dealt_with_again() throws Exception {
        for (int i = 0; i < 3; i++) bury(RESULTS, i, "score is " + i);

        dlq("drop", "--why", "a test", "game-results-dlq/0/1");
        assertThat(dlq("replay", "--topic", RESULTS)).contains("2 letters replayed.");
        assertThat(dlq("replay", "--topic", RESULTS)).contains("0 letters replayed.");
        assertThat(dlq("replay", "game-results-dlq/0/0", "game-results-dlq/0/1"))
                .contains("game-results-dlq/0/0 was replayed before.", "game-results-dlq/0/1 was dropped before.")
                .contains("0 letters replayed.");

        assertThat(all(Topics.GAME_RESULTS)).extracting(ConsumerRecord::value).containsExactly(fact(0), fact(2));
        assertThat(line(dlq("list"), "game-results-dlq ")).isEqualTo("game-results-dlq 0 2 1");
        assertThat(dlq("list")).doesNotContain("game-results-dlq/0/");
        assertThat(dlq("list", "--all")).contains("game-results-dlq/0/0", "game-results-dlq/0/1", "DROPPED");
    }

    @Test
    void who_insists_may_replay_again() throws Exception {
        bury(RESULTS, 0, "score is 0");
        dlq("replay", "game-results-dlq/0/0");

        assertThat(dlq("replay", "--again", "game-results-dlq/0/0")).contains("1 letters replayed.");
        assertThat(all(Topics.GAME_RESULTS)).hasSize(2);
    }

    @Test
    void only_as_many_as_the_limit_are_dealt_with_and_a_rehearsal_does_nothing() throws Exception {
        for (int i = 0; i < 5; i++) bury(RESULTS, i, i < 3 ? "odd" : "even");

        assertThat(dlq("replay", "--topic", RESULTS, "--dry-run")).contains("5 letters would be replayed.");
        assertThat(all(Topics.GAME_RESULTS)).isEmpty();
        assertThat(dlq("replay", "--topic", RESULTS, "--cause", "even", "--limit", "1"))
                .contains("game-results-dlq/0/3");
        assertThat(dlq("drop", "--topic", RESULTS, "--cause", "odd", "--limit", "2", "--why", "a test"))
                .contains("game-results-dlq/0/0", "game-results-dlq/0/1", "2 letters dropped.");
        assertThat(line(dlq("list"), "game-results-dlq ")).isEqualTo("game-results-dlq 2 1 2");
    }

    @Test
    void a_letter_without_an_origin_or_with_a_strange_one_is_not_replayed() throws Exception {
        send(new ProducerRecord<>(Topics.name(cell, RESULTS), new byte[1], new byte[1]));
        bury(RESULTS, 1, "fine");
        buryFrom("another-cell." + Topics.GAME_RESULTS);

        var first = run("replay", "game-results-dlq/0/1", "game-results-dlq/0/0");
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.output()).contains("game-results-dlq/0/0 cannot be replayed: it does not tell its origin");
        assertThat(run("replay", "game-results-dlq/0/2").output()).contains("it says that it comes from another-cell.");
        assertThat(all(Topics.GAME_RESULTS)).isEmpty();
        assertThat(line(dlq("list"), "game-results-dlq ")).isEqualTo("game-results-dlq 3 0 0");
    }

    @Test
    void a_letter_that_has_expired_is_not_found_and_its_mark_does_not_count() throws Exception {
        for (int i = 0; i < 3; i++) bury(RESULTS, i, "score is " + i);
        dlq("drop", "--why", "a test", "game-results-dlq/0/0", "game-results-dlq/0/2");
        expireBefore(2);

        assertThat(line(dlq("list"), "game-results-dlq ")).isEqualTo("game-results-dlq 0 0 1");
        assertThat(run("show", "game-results-dlq/0/0").output()).contains("There is no letter game-results-dlq/0/0");
        assertThat(run("show", "game-results-dlq/0/99").output()).contains("There is no letter game-results-dlq/0/99");
        assertThat(dlq("show", "game-results-dlq/0/2")).contains("state      dropped");
    }

    @Test
    void a_letter_may_have_neither_key_nor_value() throws Exception {
        var letter = new ProducerRecord<byte[], byte[]>(Topics.name(cell, RESULTS), null, null);
        origin(letter, Topics.name(cell, Topics.GAME_RESULTS), 5);
        send(letter);

        assertThat(dlq("show", "game-results-dlq/0/0")).contains("key        null", "value      null");
        dlq("replay", "game-results-dlq/0/0");
        assertThat(all(Topics.GAME_RESULTS)).singleElement().satisfies(it -> {
            assertThat(it.key()).isNull();
            assertThat(it.value()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "replay", "drop --why test"})
    void a_topic_that_has_no_letters_is_told_and_which_ones_have(String command) throws Exception {
        bury(RESULTS, 0, "score is 0");

        var run = run((command + " --topic " + Topics.GAME_RESULTS).split(" "));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("There is no topic game-results of dead letters", "game-results-dlq");
    }

    @Test
    void a_hall_on_this_machine_is_enough_but_the_kafka_that_is_named_is_the_one_that_is_asked() {
        var data = RealServers.data().toString();

        assertThat(HallRun.of("dlq", "list", "--data", data, "--cell", cell).exitCode())
                .isZero();
        var elsewhere = HallRun.of("dlq", "list", "--data", data, "--kafka", "no port");
        assertThat(elsewhere.exitCode()).isEqualTo(1);
        assertThat(elsewhere.output()).contains("kafka consumer").doesNotContain("OPEN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list --limit 0                | --limit takes 1 to 10000",
                "list --after nothing          | Not a letter",
                "show game-results/0/1         | Not a letter",
                "replay                        | LETTER",
                "drop game-results-dlq/0/1     | --why",
                "replay --cause x              | --topic"
            })
    void a_wrong_use_is_told(String arguments, String message) {
        var run = run(arguments.split(" +"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains(message);
    }

    private void bury(String topic, int number, String cause) throws Exception {
        var letter = new ProducerRecord<>(
                Topics.name(cell, topic), Integer.toString(number).getBytes(StandardCharsets.US_ASCII), fact(number));
        header(letter, "trace", "t" + number);
        header(letter, DeadLetters.CAUSE, cause);
        origin(letter, Topics.name(cell, topic.substring(0, topic.length() - Topics.DLQ_SUFFIX.length())), number);
        send(letter);
    }

    private void buryFrom(String topic) throws Exception {
        var letter = new ProducerRecord<>(Topics.name(cell, RESULTS), new byte[1], new byte[1]);
        origin(letter, topic, 1);
        send(letter);
    }

    private static void origin(ProducerRecord<byte[], byte[]> letter, String topic, int offset) {
        header(letter, DeadLetters.ORIGIN_TOPIC, topic);
        header(letter, DeadLetters.ORIGIN_PARTITION, "3");
        header(letter, DeadLetters.ORIGIN_OFFSET, Integer.toString(offset));
        header(letter, DeadLetters.ORIGIN_TIMESTAMP, Long.toString(TOLD_AT.toEpochMilli()));
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] fact(int number) {
        return GameResult.newBuilder()
                .setFactId("fact-" + number)
                .setPlayerId(number)
                .build()
                .toByteArray();
    }

    private static void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", RealServers.kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private void expireBefore(long offset) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", RealServers.kafka()))) {
            var place = new TopicPartition(Topics.name(cell, RESULTS), 0);
            admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", RealServers.kafka()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var places = consumer.partitionsFor(Topics.name(cell, topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(places);
            consumer.seekToBeginning(places);
            var ends = consumer.endOffsets(places);
            var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (places.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
                consumer.poll(Duration.ofMillis(50)).forEach(all::add);
            }
            return all;
        }
    }

    /** The line that begins so, with single blanks. */
    private static String line(String output, String start) {
        return output.lines()
                .filter(it -> it.startsWith(start))
                .map(it -> it.strip().replaceAll(" +", " "))
                .findFirst()
                .orElse("");
    }

    private String dlq(String... arguments) {
        var run = run(arguments);
        assertThat(run.exitCode()).as(run.output()).isZero();
        return run.output();
    }

    private HallRun run(String... arguments) {
        var all = new ArrayList<>(List.of("dlq"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--cell", cell, "--kafka", RealServers.kafka()));
        return HallRun.of(all);
    }
}

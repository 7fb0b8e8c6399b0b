package io.gamehall.activity.join.kafka;

import static io.gamehall.contracts.DeadLetters.CAUSE;
import static io.gamehall.contracts.DeadLetters.ORIGIN_OFFSET;
import static io.gamehall.contracts.DeadLetters.ORIGIN_PARTITION;
import static io.gamehall.contracts.DeadLetters.ORIGIN_TIMESTAMP;
import static io.gamehall.contracts.DeadLetters.ORIGIN_TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.activity.Given;
import io.gamehall.activity.TopicReader;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.Reward;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class LedgerConsumerTest {
    private static final String TOPIC = Topics.ACTIVITY_JOINS;

    @Inject
    Pool pool;

    @Test
    void a_join_that_comes_again_stands_in_the_ledger_once() throws Exception {
        var player = Given.newPlayer();
        var key = Long.toString(player);
        TopicReader.write(TOPIC, key, join(player, 1).build().toByteArray());
        TopicReader.write(TOPIC, key, join(player, 1).build().toByteArray());
        TopicReader.write(TOPIC, key, join(player, 2).build().toByteArray());

        Awaitility.await().until(() -> rows(player) == 2);
    }

    @Test
    void a_player_id_beyond_the_signed_numbers_is_kept() throws Exception {
        var player = -2L;
        TopicReader.write(
                TOPIC, Long.toUnsignedString(player), join(player, 1).build().toByteArray());

        Awaitility.await().until(() -> rows(player) == 1);
    }

    @Test
    void poison_is_put_aside_with_its_cause_and_origin_and_what_follows_is_written() throws Exception {
        var player = Given.newPlayer();
        var key = Long.toString(player);
        var wanted = TopicReader.keyed(key);
        TopicReader.write(TOPIC, key, "not protobuf".getBytes(StandardCharsets.UTF_8));
        TopicReader.write(TOPIC, key, join(player, 1).setOrdinal(0).build().toByteArray());
        TopicReader.write(TOPIC, key, join(player, 1).setActivityId("").build().toByteArray());
        TopicReader.write(TOPIC, key, join(player + 1, 1).build().toByteArray());
        TopicReader.write(TOPIC, key, join(player, 1).build().toByteArray());

        Awaitility.await().until(() -> rows(player) == 1);
        var dead = TopicReader.await(TOPIC + Topics.DLQ_SUFFIX, 4, wanted);
        assertThat(dead).hasSize(4).allSatisfy(letter -> {
            assertThat(letter.headers().lastHeader(CAUSE).value()).isNotEmpty();
            assertThat(letter.headers().lastHeader(ORIGIN_TOPIC).value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(TopicReader.name(TOPIC));
            assertThat(letter.headers().lastHeader(ORIGIN_PARTITION).value()).isNotEmpty();
            assertThat(letter.headers().lastHeader(ORIGIN_OFFSET).value()).isNotEmpty();
            assertThat(letter.headers().lastHeader(ORIGIN_TIMESTAMP).value()).isNotEmpty();
        });
        assertThat(new String(dead.getFirst().value(), StandardCharsets.UTF_8)).isEqualTo("not protobuf");
    }

    @Test
    void poison_that_was_replayed_is_put_aside_with_the_time_at_which_it_was_told_at_first() throws Exception {
        var key = Long.toString(Given.newPlayer());
        var replayed =
                new ProducerRecord<>(TopicReader.name(TOPIC), key.getBytes(StandardCharsets.US_ASCII), new byte[] {0});
        replayed.headers().add(ORIGIN_TIMESTAMP, "1700000000000".getBytes(StandardCharsets.US_ASCII));
        TopicReader.write(replayed);

        var dead = TopicReader.await(TOPIC + Topics.DLQ_SUFFIX, 1, TopicReader.keyed(key));
        assertThat(dead).singleElement().satisfies(letter -> assertThat(
                        letter.headers().headers(ORIGIN_TIMESTAMP))
                .singleElement()
                .satisfies(header -> assertThat(header.value())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("1700000000000")));
    }

    private static ActivityJoin.Builder join(long player, int ordinal) {
        return ActivityJoin.newBuilder()
                .setJoinId("ledger-test:" + Long.toUnsignedString(player) + ":" + ordinal)
                .setActivityId("ledger-test")
                .setPlayerId(player)
                .setOrdinal(ordinal)
                .setRegion("shenzhen-telecom")
                .setJoinedAtMs(1_800_000_000_000L)
                .setReward(
                        Reward.newBuilder().setKind("points").setName("points").setAmount(1));
    }

    private long rows(long player) {
        return pool.preparedQuery("SELECT COUNT(*) FROM activity_join WHERE player_id = CAST(? AS UNSIGNED)")
                .execute(Tuple.of(Long.toUnsignedString(player)))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }
}

package io.gamehall.activity.join;

import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.gamehall.activity.Given;
import io.gamehall.activity.TopicReader;
import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Shards;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.join.Participants.Admission.Decided;
import io.gamehall.activity.join.domain.JoinOutcome;
import io.gamehall.activity.join.domain.JoinOutcome.Accepted;
import io.gamehall.activity.join.domain.JoinOutcome.SoldOut;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.contracts.Topics;
import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.RedisCluster;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Activities over several hash slots, on a real Redis Cluster of three masters. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@TestProfile(ShardsOnClusterTest.OnCluster.class)
class ShardsOnClusterTest {
    private static final int SHARDS = 4;
    private static final int SLOTS_OF_A_MASTER = 16_384 / 3;
    private static final AtomicInteger ACTIVITIES = new AtomicInteger();

    @Inject
    Participants participants;

    @Inject
    Counters counters;

    @Inject
    Activities activities;

    @Inject
    RedisDataSource redis;

    @Inject
    Cell cell;

    /** With the cluster in place of the one Redis. */
    public static final class OnCluster implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RedisCluster.class));
        }
    }

    @Test
    void joins_of_a_sharded_activity_reach_kafka_the_ledger_and_who_looks() throws Exception {
        var id = Given.activity("cluster", "\"quota\":6", "\"shards\":" + SHARDS);
        var players = LongStream.range(0, 6).map(index -> newPlayer()).boxed().toList();

        for (var player : players) join(player, id).statusCode(201);

        for (var player : players) join(player, id).statusCode(200);
        join(newPlayer(), id).statusCode(409).body("code", equalTo("SOLD_OUT"));
        var last = Long.toString(players.getLast());
        assertThat(TopicReader.await(Topics.ACTIVITY_JOINS, 1, TopicReader.keyed(last)))
                .isNotEmpty();
        Awaitility.await().untilAsserted(() -> Given.player(players.getFirst())
                .get("/api/activities/" + id)
                .then()
                .body("remaining", equalTo(0))
                .body("status", equalTo("sold_out")));
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(shardsOf(id))
                .allSatisfy(keys -> assertThat(redis.stream(String.class).xlen(keys.outbox()))
                        .isZero()));
    }

    @Test
    void shards_lie_on_different_masters() {
        var masters = new HashSet<Integer>();
        for (var keys : ActivityKeys.all(cell.name(), "spread", 16)) {
            var slot = redis.execute("CLUSTER", "KEYSLOT", keys.state()).toInteger();
            assertThat(redis.execute("CLUSTER", "KEYSLOT", keys.bucket(7)).toInteger())
                    .isEqualTo(slot);
            masters.add(slot / SLOTS_OF_A_MASTER);
        }

        assertThat(masters).hasSizeGreaterThan(1);
    }

    @Test
    void players_of_one_shard_get_the_quota_of_all() {
        var activity = opened(40);
        var crowd = crowdOf(1, 41);

        var outcomes = crowd.stream().map(player -> ask(activity, player)).toList();

        assertThat(outcomes.subList(0, 40)).allMatch(Accepted.class::isInstance);
        assertThat(outcomes.getLast()).isEqualTo(new SoldOut());
        assertThat(taken(activity)).containsExactly(0L, 40L, 0L, 0L);
    }

    @Test
    void a_crowd_on_all_shards_gets_exactly_the_quota() throws Exception {
        var activity = opened(1_000);

        var accepted = rush(activity, 20_000);

        assertThat(accepted).hasSize(1_000);
        assertThat(taken(activity).stream().mapToLong(Long::longValue).sum()).isEqualTo(1_000);
    }

    @Test
    void what_a_crash_left_between_two_shards_is_given_all_the_same() {
        var activity = opened(40);
        ask(activity, 1);
        // As of a process that is killed between lending and borrowing.
        redis.hash(String.class).hincrby(shardsOf(activity.id().value()).get(2).state(), "share", -7);

        var outcomes = LongStream.range(1, 60)
                .mapToObj(player -> ask(activity, player))
                .toList();

        assertThat(outcomes.stream().filter(Accepted.class::isInstance)).hasSize(39);
        assertThat(taken(activity).stream().mapToLong(Long::longValue).sum()).isEqualTo(40);
    }

    @Test
    void a_plan_that_somebody_began_and_did_not_finish_is_finished() {
        var activity = opened(40);
        ask(activity, 1);
        var states = shardsOf(activity.id().value()).stream()
                .map(ActivityKeys::state)
                .toList();
        var plan = Long.parseLong(redis.hash(String.class).hget(states.getFirst(), "plan"));
        // As of a process that is killed when it has frozen two of four.
        for (var state : states.subList(0, 2)) {
            redis.hash(String.class).hset(state, "plan", Long.toString(plan + 1));
            redis.hash(String.class).hdel(state, "planned", "share");
        }

        var outcomes = LongStream.range(1, 60)
                .mapToObj(player -> ask(activity, player))
                .toList();

        assertThat(outcomes.stream().filter(Accepted.class::isInstance)).hasSize(39);
    }

    @Test
    void a_quota_may_be_changed_at_any_time() throws Exception {
        var activity = opened(100);
        var given = new HashSet<>(rush(activity, 70));

        var lower = edited(activity, 80);
        given.addAll(rush(lower, 500));
        assertThat(given).hasSize(80);
        var higher = edited(lower, 130);
        given.addAll(rush(higher, 1_000));
        assertThat(given).hasSize(130);
        var belowGiven = edited(higher, 10);
        assertThat(rush(belowGiven, 1_000)).isEmpty();
        var again = edited(belowGiven, 131);
        assertThat(rush(again, 1_000)).hasSize(1);
    }

    @Test
    void a_shard_that_was_lost_is_rebuilt_and_the_total_stays_exact() {
        var id = Given.activity("lost-shard", "\"quota\":30", "\"shards\":" + SHARDS);
        var activity = activities.get(new ActivityId(id));
        var players = LongStream.range(0, 12).map(index -> newPlayer()).boxed().toList();
        for (var player : players) join(player, id).statusCode(201);
        // What the others have lent must not be there twice afterwards.
        var lost = shardsOf(id).get(1);
        var rich = Long.parseLong(redis.hash(String.class).hget(lost.state(), "share"));
        redis.hash(String.class).hset(lost.state(), "share", Long.toString(rich - 3));
        redis.hash(String.class).hincrby(shardsOf(id).get(2).state(), "share", 3);

        redis.key().del(lost.state(), lost.marks(), lost.outbox());

        var homeless = players.stream()
                .filter(player -> Shards.homeOf(player, SHARDS) == 1)
                .findFirst()
                .orElseGet(() -> crowdOf(1, 1).getFirst());
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        Opened.isOpen(counters, activity))
                .isTrue());
        ask(activity, homeless);
        var accepted = new ArrayList<Long>();
        for (var more = 0; more < 60; more++) {
            var player = newPlayer();
            if (ask(activity, player) instanceof Accepted) accepted.add(player);
        }
        assertThat(taken(activity).stream().mapToLong(Long::longValue).sum()).isEqualTo(30);
        for (var player : players) assertThat(ask(activity, player)).isInstanceOf(JoinOutcome.Repeated.class);
        assertThat(accepted).hasSizeBetween(17, 18);
    }

    /** Many at once; gives who was accepted. */
    private List<Long> rush(Activity activity, int players) throws Exception {
        var accepted = ConcurrentHashMap.<Long>newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = IntStream.range(0, 64)
                    .<Future<?>>mapToObj(client -> threads.submit(() -> {
                        for (var player = 1L + client; player <= players; player += 64) {
                            if (ask(activity, player) instanceof Accepted) accepted.add(player);
                        }
                    }))
                    .toList();
            for (var client : clients) client.get();
        }
        return List.copyOf(accepted);
    }

    private JoinOutcome ask(Activity activity, long player) {
        var request = new JoinRequest(player, "shenzhen-telecom", JoinRequest.NEXT);
        return ((Decided) participants.admit(activity, request).await().indefinitely()).outcome();
    }

    private Activity opened(long quota) {
        var fast = new PlayerRate(1_000, 1_000);
        var reward = new Reward(Reward.Kind.POINTS, "points", 1);
        var terms = new Terms(quota, 0, Terms.TIME_MS_MAX, 1, false, fast, reward).shards(SHARDS);
        var activity = new Activity(new ActivityId("sharded-" + ACTIVITIES.incrementAndGet()), "test", 1, terms);
        Opened.open(counters, redis, cell.name(), activity);
        return activity;
    }

    /** As from the answer of an edit on: every shard has heard of it. */
    private Activity edited(Activity activity, long quota) {
        var edited = activity.edited("edited", activity.terms().quota(quota));
        for (var keys : shardsOf(activity.id().value())) {
            redis.hash(String.class).hset(keys.state(), Map.of("version", Long.toString(edited.version())));
        }
        return edited;
    }

    private static List<Long> crowdOf(int shard, int players) {
        return LongStream.rangeClosed(1, Long.MAX_VALUE)
                .filter(player -> Shards.homeOf(player, SHARDS) == shard)
                .limit(players)
                .boxed()
                .toList();
    }

    private List<Long> taken(Activity activity) {
        return shardsOf(activity.id().value()).stream()
                .map(keys -> Long.parseLong(redis.hash(String.class).hget(keys.state(), "taken")))
                .toList();
    }

    private List<ActivityKeys> shardsOf(String activity) {
        return ActivityKeys.all(cell.name(), activity, SHARDS);
    }
}

package io.gamehall.activity.join.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.PlayerCap;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.join.Counters;
import io.gamehall.activity.join.Opened;
import io.gamehall.activity.join.Outbox;
import io.gamehall.activity.join.Participants;
import io.gamehall.activity.join.Participants.Admission.Decided;
import io.gamehall.activity.join.domain.JoinOutcome;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.join.domain.JoinRules;
import io.gamehall.activity.join.domain.JoinRulesCases;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class RedisParticipantsTest {
    private static final AtomicInteger ACTIVITIES = new AtomicInteger();
    private static final Reward REWARD = new Reward(Reward.Kind.POINTS, "points", 100);

    @Inject
    Participants participants;

    @Inject
    Counters counters;

    @Inject
    Outbox outbox;

    @Inject
    RedisDataSource redis;

    @Inject
    Vertx vertx;

    @Inject
    Cell cell;

    static Stream<JoinRulesCases.Case> cases() {
        return JoinRulesCases.at(System.currentTimeMillis()).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_script_decides_as_the_table_and_the_rules_say(JoinRulesCases.Case prepared) {
        // Prepared again, close to now: buckets fill while other cases run.
        var nowMs = System.currentTimeMillis();
        var one = JoinRulesCases.at(nowMs).stream()
                .filter(candidate -> candidate.name().equals(prepared.name()))
                .findFirst()
                .orElseThrow();
        var activity = stored(one);

        var admission =
                (Decided) participants.admit(activity, one.request()).await().indefinitely();

        assertThat(JoinRulesCases.timeless(admission.outcome())).isEqualTo(one.expected());
        var ruled = JoinRules.decide(one.terms(), one.standing(), one.request(), nowMs * 1000)
                .standing();
        assertThat(taken(activity)).isEqualTo(ruled.taken());
        var joins = participants
                .joinsOf(withCap(activity, 10), JoinRulesCases.PLAYER)
                .await()
                .indefinitely();
        assertThat(joins.orElseThrow().keySet()).isEqualTo(ruled.joins().keySet());
        assertThat(admission.unpublished().isPresent()).isEqualTo(one.expected() instanceof JoinOutcome.Accepted);
    }

    @Test
    void counters_that_are_not_there_are_reported_and_nothing_is_given() {
        var activity = activity(1, 10);

        var admission = participants.admit(activity, request(5)).await().indefinitely();

        assertThat(admission).isEqualTo(new Participants.Admission.Lost());
        assertThat(redis.key().exists(keys(activity).marks(), keys(activity).outbox()))
                .isZero();
    }

    @Test
    void older_terms_than_redis_has_seen_decide_nothing() {
        var activity = activity(3, 10);
        open(activity);
        var older = new Activity(activity.id(), "older", 2, activity.terms());

        assertThat(participants.admit(older, request(5)).await().indefinitely())
                .isEqualTo(new Participants.Admission.Stale());
        assertThat(taken(activity)).isZero();
    }

    @Test
    void a_repeat_brings_its_outbox_entry_until_that_is_settled() {
        var activity = activity(1, 10);
        open(activity);
        var first = (Decided) participants.admit(activity, request(5)).await().indefinitely();

        var repeat = (Decided) participants.admit(activity, request(5)).await().indefinitely();

        assertThat(repeat.outcome()).isInstanceOf(JoinOutcome.Repeated.class);
        assertThat(repeat.unpublished()).isEqualTo(first.unpublished());
        outbox.settle(
                        activity,
                        java.util.List.of(first.unpublished().orElseThrow().id()))
                .await()
                .indefinitely();
        assertThat(((Decided) participants.admit(activity, request(5)).await().indefinitely()).unpublished())
                .isEmpty();
    }

    @Test
    void entries_that_are_settled_soon_are_gone_soon_and_no_others() {
        var activity = spread(activity(1, 10), 2);
        open(activity);
        var ids = LongStream.rangeClosed(1, 6)
                .mapToObj(player -> (Decided)
                        participants.admit(activity, request(player)).await().indefinitely())
                .map(joined -> joined.unpublished().orElseThrow().id())
                .toList();

        vertx.getOrCreateContext()
                .runOnContext(onLoop -> ids.subList(0, 4).forEach(id -> outbox.settleSoon(activity, id)));
        outbox.settleSoon(activity, ids.get(4));

        await().untilAsserted(() -> assertThat(left(activity)).containsExactly(ids.get(5)));
    }

    private List<String> left(Activity activity) {
        return outbox.due(activity, Duration.ZERO, 100).await().indefinitely().entries().stream()
                .map(Participants.OutboxEntry::id)
                .toList();
    }

    /** One slot, and four that lend to each other. Half of the players are refused, and all of them ask many times. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void sixty_four_clients_get_exactly_the_quota_and_each_player_one_join(int shards) throws Exception {
        var quota = 1_000;
        var clients = 64;
        var attemptsEach = 100_000 / clients + 1;
        var players = 3_000;
        var activity = spread(activity(1, quota), shards);
        open(activity);
        var accepted = ConcurrentHashMap.<Long>newKeySet();
        var acceptedTwice = new AtomicInteger();
        var acceptedAfterAll = new AtomicInteger();
        var repeatedOthers = ConcurrentHashMap.<Long>newKeySet();
        var soldOut = new AtomicBoolean();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, clients)
                    .<Future<?>>mapToObj(client -> threads.submit(() -> {
                        var random = new Random(client);
                        for (var attempt = 0; attempt < attemptsEach; attempt++) {
                            var player = 1 + random.nextInt(players);
                            var late = soldOut.get();
                            switch (outcome(activity, player)) {
                                case JoinOutcome.Accepted ignored -> {
                                    if (!accepted.add((long) player)) acceptedTwice.incrementAndGet();
                                    if (late) acceptedAfterAll.incrementAndGet();
                                }
                                case JoinOutcome.Repeated ignored -> repeatedOthers.add((long) player);
                                case JoinOutcome.SoldOut ignored -> soldOut.set(true);
                                default -> throw new IllegalStateException("unexpected");
                            }
                        }
                    }))
                    .toList();
            for (var one : work) one.get();
        }

        assertThat(soldOut).isTrue();
        assertThat(acceptedTwice).hasValue(0);
        assertThat(acceptedAfterAll)
                .as("accepted after somebody was told that all is gone")
                .hasValue(0);
        assertThat(accepted).hasSize(quota).containsAll(repeatedOthers);
        assertThat(taken(activity)).isEqualTo(quota);
        assertThat(marked(activity)).isEqualTo(accepted);
        assertThat(outbox.due(activity, Duration.ZERO, 10_000)
                        .await()
                        .indefinitely()
                        .entries())
                .hasSize(quota)
                .allSatisfy(entry -> assertThat(accepted).contains(entry.join().player()));
    }

    /** A crowd before an activity that is sold out costs one call each, and a look at all shards now and then. */
    @Test
    void a_crowd_before_sold_out_shards_does_not_look_for_quota_each() throws Exception {
        var joins = 6_000;
        var shards = 4;
        var activity = spread(activity(1, 5), shards);
        open(activity);
        LongStream.rangeClosed(1, 6).forEach(player -> outcome(activity, player));
        var before = hashReads();

        try (var threads = Executors.newFixedThreadPool(64)) {
            var asked = LongStream.rangeClosed(7, 6 + joins)
                    .mapToObj(player -> threads.submit(() -> outcome(activity, player)))
                    .toList();
            for (var one : asked) assertThat(one.get()).isEqualTo(new JoinOutcome.SoldOut());
        }

        // Each join reads its state. If each looked at all shards, too, it would be five times as many; what the
        // service
        // does beside (for the activities of other tests, too) is little.
        assertThat(hashReads() - before).isBetween((long) joins, 2L * joins);
    }

    private long hashReads() {
        return redis.execute("INFO", "commandstats")
                .toString()
                .lines()
                .filter(line -> line.startsWith("cmdstat_hmget:"))
                .map(line -> line.replaceAll("^cmdstat_hmget:calls=([0-9]+),.*$", "$1"))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private JoinOutcome outcome(Activity activity, long player) {
        return ((Decided) participants.admit(activity, request(player)).await().indefinitely()).outcome();
    }

    private Set<Long> marked(Activity activity) {
        return shardsOf(activity).stream()
                .flatMap(keys -> redis.hash(String.class).hkeys(keys.marks()).stream())
                .map(field -> Long.parseUnsignedLong(field.substring(0, field.indexOf(':'))))
                .collect(java.util.stream.Collectors.toSet());
    }

    private Activity stored(JoinRulesCases.Case one) {
        var activity = new Activity(newId(), one.name(), 1, one.terms());
        var keys = keys(activity);
        var taken = Long.toString(one.standing().taken());
        open(activity);
        var owed = Long.toString(one.standing().turnstile().owed());
        var owedAt = Long.toString(one.standing().turnstile().atMicros());
        redis.hash(String.class)
                .hset(keys.state(), Map.of("version", "1", "taken", taken, "owed", owed, "owed_at", owedAt));
        var marks = new HashMap<String, String>();
        one.standing()
                .joins()
                .forEach((ordinal, at) -> marks.put(ActivityKeys.field(JoinRulesCases.PLAYER, ordinal), at + "-0"));
        if (!marks.isEmpty()) redis.hash(String.class).hset(keys.marks(), marks);
        redis.value(String.class)
                .set(
                        keys.bucket(JoinRulesCases.PLAYER),
                        Long.toString(one.standing().bucket().fullAtMicros()));
        return activity;
    }

    private void open(Activity activity) {
        Opened.open(counters, redis, cell.name(), activity);
    }

    private long taken(Activity activity) {
        return shardsOf(activity).stream()
                .mapToLong(keys -> Long.parseLong(redis.hash(String.class).hget(keys.state(), "taken")))
                .sum();
    }

    private ActivityKeys keys(Activity activity) {
        return ActivityKeys.of(cell.name(), activity.id().value());
    }

    private List<ActivityKeys> shardsOf(Activity activity) {
        return ActivityKeys.all(
                cell.name(), activity.id().value(), activity.terms().shards());
    }

    private static Activity activity(long version, long quota) {
        var fast = new PlayerRate(1_000, 1_000);
        return new Activity(newId(), "test", version, new Terms(quota, 0, Terms.TIME_MS_MAX, 1, false, fast, REWARD));
    }

    private static Activity spread(Activity activity, int shards) {
        var terms = activity.terms().shards(shards);
        return new Activity(activity.id(), activity.name(), activity.version(), terms);
    }

    private static Activity withCap(Activity activity, int perPlayer) {
        var terms = activity.terms().cap(PlayerCap.of(perPlayer));
        return new Activity(activity.id(), activity.name(), activity.version(), terms);
    }

    private static JoinRequest request(long player) {
        return new JoinRequest(player, "shenzhen-telecom", JoinRequest.NEXT);
    }

    private static ActivityId newId() {
        return new ActivityId("script-" + ACTIVITIES.incrementAndGet());
    }
}

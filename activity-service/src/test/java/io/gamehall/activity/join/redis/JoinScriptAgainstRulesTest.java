package io.gamehall.activity.join.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.activity.catalog.domain.Access;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.ActivityRate;
import io.gamehall.activity.catalog.domain.Condition;
import io.gamehall.activity.catalog.domain.PlayerCap;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Rates;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.join.Participants.Admission.Decided;
import io.gamehall.activity.join.domain.Bucket;
import io.gamehall.activity.join.domain.JoinOutcome;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.join.domain.JoinRules;
import io.gamehall.activity.join.domain.Standing;
import io.gamehall.activity.join.domain.Turnstile;
import io.gamehall.activity.join.redis.JoinScript.Answer;
import io.gamehall.activity.join.redis.JoinScript.Buckets;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Some thousand random steps through the script, which runs in Redis but for its clock, and through the rules: they say
 * the same at each, and the same holds afterwards.
 */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class JoinScriptAgainstRulesTest {
    private static final int ACTIVITIES = 60;
    private static final int STEPS = 120;
    private static final int PLAYERS = 4;
    private static final Optional<Condition> UNMET = Optional.of(new Condition.InRegion(Set.of("elsewhere")));

    @Inject
    RedisDataSource redis;

    @Inject
    Cell cell;

    @Test
    void script_and_rules_say_the_same_at_every_step() throws IOException {
        var seed = new Random().nextLong();
        var script = scriptWithClock();
        var random = new Random(seed);

        for (var index = 0; index < ACTIVITIES; index++) {
            var run = new Run(new ActivityId("random-" + Long.toString(seed & 0xFFFFFFF, 36) + "-" + index), random);
            for (var step = 1; step <= STEPS; step++) {
                assertThat(run.step(script, step))
                        .as("seed %d, activity %d, step %d", seed, index, step)
                        .isEmpty();
            }
        }
    }

    /** The script with the clock and the entries' ids given by who calls it, and with buckets that do not expire. */
    private static String scriptWithClock() throws IOException {
        String text;
        try (var stream = JoinScript.class.getClassLoader().getResourceAsStream("redis/join.lua")) {
            text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (var change : Map.of(
                        "redis.call('TIME')", "{ARGV[23], ARGV[24]}",
                        "redis.call('LASTSAVE')", "0",
                        "'*'", "ARGV[25]",
                        "math.ceil((full_at_us - now_us) / 1000)", "600000")
                .entrySet()) {
            assertThat(text).containsOnlyOnce(change.getKey());
            text = text.replace(change.getKey(), change.getValue());
        }
        return text;
    }

    /** One activity's life, on both sides. */
    private final class Run {
        private final Random random;
        private final ActivityKeys keys;
        private final Map<Long, SortedMap<Integer, Long>> joins = new HashMap<>();
        private final Map<Long, Bucket> buckets = new HashMap<>();
        private Activity activity;
        private long nowMicros;
        private long share;
        private long taken;
        private Turnstile turnstile = Turnstile.FULL;

        Run(ActivityId id, Random random) {
            this.random = random;
            this.nowMicros = 1_800_000_000_000_000L + random.nextInt(1_000_000_000);
            this.keys = ActivityKeys.of(cell.name(), id.value());
            this.activity = new Activity(id, "random", 1, terms());
            var sure = Map.of("sure_until_ms", Long.toString(Terms.TIME_MS_MAX), "saved", "0");
            redis.hash(String.class).hset(keys.state(), Map.of("version", "1", "taken", "0"));
            redis.hash(String.class).hset(keys.state(), sure);
            deal();
        }

        /** What differs; empty when nothing does. */
        String step(String script, int step) {
            nowMicros +=
                    List.of(0L, 1_000L, 300_000L, 5_000_000L, 40_000_000_000L).get(random.nextInt(5))
                            + random.nextInt(1000);
            if (random.nextInt(10) == 0) edit();
            var player = 1L + random.nextInt(PLAYERS);
            var request = new JoinRequest(
                    player,
                    "north-america",
                    random.nextInt(activity.terms().perPlayer() + 2),
                    random.nextInt(10) == 0 ? UNMET : Optional.empty(),
                    random.nextInt(10) == 0);
            var standing = new Standing(
                    taken,
                    share,
                    joins.getOrDefault(player, new TreeMap<>()),
                    buckets.getOrDefault(player, Bucket.FULL),
                    turnstile);
            var ruled = JoinRules.decide(activity.terms(), standing, request, nowMicros);
            var scripted = scripted(script, request, step);
            taken = ruled.standing().taken();
            turnstile = ruled.standing().turnstile();
            joins.put(player, ruled.standing().joins());
            buckets.put(player, ruled.standing().bucket());
            var takenThere = redis.hash(String.class).hget(keys.state(), "taken");
            return scripted.equals(ruled.outcome()) && takenThere.equals(Long.toString(taken))
                    ? ""
                    : "the script says %s (%s taken), the rules %s (%d taken) of %s under %s at %d"
                            .formatted(scripted, takenThere, ruled.outcome(), taken, standing, activity, nowMicros);
        }

        private JoinOutcome scripted(String script, JoinRequest request, int step) {
            var buckets = Buckets.of(activity, request);
            var call = new ArrayList<>(
                    List.of(script, "4", keys.state(), keys.marks(), keys.bucket(request.player()), keys.outbox()));
            call.addAll(JoinScript.arguments(activity, request, buckets));
            call.add(Long.toString(nowMicros / 1_000_000));
            call.add(Long.toString(nowMicros % 1_000_000));
            call.add(nowMicros / 1000 + "-" + step);
            var answer = redis.execute("EVAL", call.toArray(String[]::new)).getDelegate();
            return switch (JoinScript.answer(activity, request, 0, answer)) {
                case Answer.Final decided -> ((Decided) decided.admission()).outcome();
                case Answer.Empty ignored -> new JoinOutcome.SoldOut();
                case Answer.Unsettled ignored -> throw new IllegalStateException("the share is known");
            };
        }

        private void edit() {
            var shards = activity.terms().shards();
            activity = activity.edited("edited", terms().shards(shards));
            deal();
        }

        /** The share of this shard: as a plan gives it. */
        private void deal() {
            var terms = activity.terms();
            share = terms.shards() == 1 ? terms.quota() : taken + random.nextInt(20);
            var planned = Map.of("planned", Long.toString(terms.quota()), "share", Long.toString(share));
            if (terms.shards() > 1) redis.hash(String.class).hset(keys.state(), planned);
        }

        private Terms terms() {
            var nowMs = nowMicros / 1000;
            var total = 1 + random.nextInt(6);
            var opens = random.nextInt(8) == 0 ? nowMs + 500 : nowMs - 1_000_000;
            return new Terms(
                            1 + random.nextInt(25),
                            opens,
                            opens + 1_000_001 + random.nextInt(200_000_000),
                            total,
                            random.nextInt(8) == 0,
                            PlayerRate.USUAL,
                            new Reward(Reward.Kind.POINTS, "points", 1))
                    .cap(new PlayerCap(
                            total,
                            random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(4)) : OptionalInt.empty(),
                            random.nextInt(-720, 841)))
                    .rates(new Rates(
                            new PlayerRate(1 + random.nextInt(10), 1 + random.nextInt(6)),
                            random.nextBoolean()
                                    ? Optional.of(new ActivityRate(1 + random.nextInt(30), 1 + random.nextInt(6)))
                                    : Optional.empty()))
                    .access(new Access(List.of(), random.nextBoolean() ? Set.of() : Set.of(1L)))
                    .shards(random.nextBoolean() ? 1 : 3);
        }
    }
}

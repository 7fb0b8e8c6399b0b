package io.gamehall.activity.join.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.join.Counters;
import io.gamehall.activity.join.Counters.Rebuild;
import io.gamehall.activity.join.Counters.Superseded;
import io.gamehall.activity.join.Counters.Trust;
import io.gamehall.activity.join.Ledger.LedgerRow;
import io.gamehall.activity.join.Part;
import io.gamehall.activity.join.Participants;
import io.gamehall.activity.join.Participants.Admission;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.redis.ActivityKeys;
import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Counters are believed only in the process of Redis in which they were opened, and brought back by one at a time. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class RedisCountersTest {
    private static final AtomicInteger ACTIVITIES = new AtomicInteger();
    private static final long EPOCH = 7;

    @Inject
    Counters counters;

    @Inject
    Participants participants;

    @Inject
    RedisDataSource redis;

    @Inject
    Cell cell;

    private final Activity activity = activity();
    private final Part part = Part.of(activity).getFirst();

    @Test
    void counters_that_are_not_there_are_doubtful_and_opened_ones_are_sure() {
        assertThat(vouch(EPOCH)).isEqualTo(Trust.DOUBTFUL);

        open(EPOCH);

        assertThat(vouch(EPOCH)).isEqualTo(Trust.SURE);
        assertThat(join(5)).isInstanceOf(Admission.Decided.class);
    }

    @Test
    void counters_of_another_process_take_no_joins_once_somebody_has_to_vouch_for_them() {
        open(EPOCH);
        // As they come back from a snapshot: the process that wrote them was another, a while ago.
        state(Map.of("run", "0123456789", "sure_until_ms", "1000"));

        assertThat(join(5)).isEqualTo(new Admission.Lost());
        assertThat(vouch(EPOCH)).isEqualTo(Trust.DOUBTFUL);
        assertThat(join(5)).isEqualTo(new Admission.Lost());
    }

    @Test
    void a_process_that_came_back_at_once_is_told_by_when_it_started() {
        open(EPOCH);
        state(Map.of("run", "0123456789", "saved", "1000"));

        assertThat(join(5)).isEqualTo(new Admission.Lost());
        assertThat(vouch(EPOCH)).isEqualTo(Trust.DOUBTFUL);
    }

    @Test
    void a_snapshot_that_the_same_process_has_saved_is_no_reason_for_doubt() {
        open(EPOCH);
        state(Map.of("saved", "1000"));
        assertThat(join(5)).isEqualTo(new Admission.Lost());

        assertThat(vouch(EPOCH)).isEqualTo(Trust.SURE);

        assertThat(join(5)).isInstanceOf(Admission.Decided.class);
    }

    @Test
    void counters_of_an_older_epoch_are_out_of_date() {
        open(EPOCH);

        assertThat(vouch(EPOCH + 1)).isEqualTo(Trust.DOUBTFUL);
        assertThat(vouch(EPOCH)).isEqualTo(Trust.SURE);
    }

    @Test
    void one_at_a_time_brings_them_back_and_meanwhile_nobody_joins() {
        open(EPOCH);
        var run = run();
        var one = new Rebuild("one", run);

        assertThat(await(counters.claim(part, one, EPOCH + 1))).isTrue();

        assertThat(vouch(EPOCH)).isEqualTo(Trust.BUSY);
        assertThat(join(5)).isEqualTo(new Admission.Lost());
        var other = new Rebuild("other", run);
        assertThatThrownBy(() -> await(counters.claim(part, other, EPOCH))).isInstanceOf(Superseded.class);
        assertThatThrownBy(() -> await(counters.open(part, other, EPOCH + 1))).isInstanceOf(Superseded.class);
        await(counters.stage(part, one, List.of(row(5), row(6))));
        assertThat(await(counters.open(part, one, EPOCH + 1))).isEqualTo(2);
        assertThat(await(counters.claim(part, other, EPOCH + 1))).isFalse();
    }

    @Test
    void whoever_has_died_over_it_is_followed_by_another_whose_word_counts() {
        var run = run();
        var dead = new Rebuild("dead", run);
        await(counters.claim(part, dead, EPOCH));
        state(Map.of("rebuild_until_ms", "1000"));

        assertThat(vouch(EPOCH)).isEqualTo(Trust.DOUBTFUL);
        assertThat(await(counters.claim(part, new Rebuild("heir", run), EPOCH))).isTrue();

        assertThatThrownBy(() -> await(counters.stage(part, dead, List.of(row(5)))))
                .isInstanceOf(Superseded.class);
        assertThatThrownBy(() -> await(counters.open(part, dead, EPOCH))).isInstanceOf(Superseded.class);
    }

    @Test
    void a_rebuild_that_began_with_another_process_is_void() {
        var rebuild = new Rebuild("rebuild", "0123456789");

        assertThatThrownBy(() -> await(counters.claim(part, rebuild, EPOCH))).isInstanceOf(Superseded.class);
    }

    @Test
    void what_redis_still_has_stays_and_is_counted_with_what_the_ledger_adds() {
        open(EPOCH);
        join(5);
        join(6);
        // The mark of one was lost, and so was the count of both.
        redis.hash(String.class).hdel(keys().marks(), "5:1");
        state(Map.of("taken", "0", "run", "0123456789", "sure_until_ms", "1000"));
        var rebuild = new Rebuild("rebuild", run());

        await(counters.claim(part, rebuild, EPOCH));
        await(counters.stage(part, rebuild, List.of(row(5), row(6), row(7))));

        assertThat(await(counters.open(part, rebuild, EPOCH + 1))).isEqualTo(3);
        assertThat(redis.hash(String.class).hget(keys().marks(), "6:1")).contains("-");
        assertThat(join(6)).isInstanceOfSatisfying(Admission.Decided.class, again -> assertThat(again.unpublished())
                .isPresent());
    }

    @Test
    void marks_that_are_missing_are_added_and_counted_and_a_wrong_count_is_that_of_the_marks_again() {
        open(EPOCH);
        join(5);
        redis.hash(String.class).hset(keys().state(), "taken", "4");

        var mended = await(counters.mend(part, List.of(row(5), row(6))));

        assertThat(mended).isEqualTo(new Counters.Mended(1, 3));
        assertThat(await(counters.census(part)).taken()).isEqualTo(2);
        assertThat(await(counters.mend(part, List.of(row(5), row(6))))).isEqualTo(new Counters.Mended(0, 0));
    }

    private Trust vouch(long epochMin) {
        return await(counters.vouch(part, epochMin)).trust();
    }

    private String run() {
        return await(counters.vouch(part, Long.MAX_VALUE)).run();
    }

    private void open(long epoch) {
        var rebuild = new Rebuild("first", run());
        await(counters.claim(part, rebuild, epoch));
        await(counters.open(part, rebuild, epoch));
    }

    private Admission join(long player) {
        return await(participants.admit(activity, new JoinRequest(player, "shenzhen-telecom", JoinRequest.NEXT)));
    }

    private void state(Map<String, String> fields) {
        redis.hash(String.class).hset(keys().state(), fields);
    }

    private ActivityKeys keys() {
        return ActivityKeys.of(cell.name(), activity.id().value());
    }

    private static LedgerRow row(long player) {
        return new LedgerRow(player, 1, 1_800_000_000_000L);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().indefinitely();
    }

    private static Activity activity() {
        var terms = new Terms(
                10,
                0,
                Terms.TIME_MS_MAX,
                1,
                false,
                new PlayerRate(1_000, 1_000),
                new Reward(Reward.Kind.POINTS, "points", 100));
        return new Activity(new ActivityId("counters-" + ACTIVITIES.incrementAndGet()), "test", 1, terms);
    }
}

package io.gamehall.reward.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.grant.domain.ChangeRules.Decision;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.Reward;
import io.gamehall.reward.grant.domain.StandingGrant;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.store.StoreConfig;
import io.gamehall.reward.store.StoreFault.Conflict;
import io.gamehall.reward.store.StoreFault.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Claims against a database that conflicts, fails or hangs as it is told. */
class ChangeGrantsTest {
    private static final FactKey KEY = new FactKey(7, "j/1");
    private static final StandingGrant GRANT =
            new StandingGrant(new Grant(KEY, "spring", new Reward("title", "Sage", 1), 1, Grant.AT_ONCE), List.of());

    private final Deque<Throwable> failures = new ArrayDeque<>();
    private final List<UniEmitter<? super Optional<Decision>>> hanging = new ArrayList<>();
    private boolean hangs;
    private int attempts;
    private final ChangeGrants grants = new ChangeGrants(
            (key, command) -> {
                attempts++;
                if (hangs) return Uni.createFrom().emitter(hanging::add);
                if (!failures.isEmpty()) return Uni.createFrom().failure(failures.pop());
                return Uni.createFrom().item(Optional.of(new Decision.Stands(GRANT)));
            },
            null,
            new Settings(),
            new Patience());

    @Test
    void one_who_was_slower_tries_again_and_sees_what_the_other_did() {
        for (var times = 0; times < 3; times++) failures.add(new Conflict(Conflict.Kind.KEY, "taken"));

        assertThat(claim().awaitItem(Duration.ofSeconds(10)).getItem()).isEqualTo(GRANT);
        assertThat(attempts).isEqualTo(4);
    }

    @Test
    void a_database_that_is_away_is_not_asked_again_by_us() {
        failures.add(new Unavailable(new IllegalStateException("away")));

        assertThat(reason(claim())).isEqualTo(Reason.DEPENDENCY_UNAVAILABLE);
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void so_many_at_once_are_taken_and_a_place_is_free_again_however_a_claim_ends() {
        hangs = true;
        var waiting = List.of(claim(), claim());

        assertThat(reason(claim())).isEqualTo(Reason.OVERLOADED);
        assertThat(attempts).isEqualTo(2);

        hanging.getFirst().complete(Optional.of(new Decision.Stands(GRANT)));
        hanging.getLast().fail(new Unavailable(new IllegalStateException("away")));
        assertThat(waiting.getFirst().awaitItem().getItem()).isEqualTo(GRANT);
        assertThat(reason(waiting.getLast())).isEqualTo(Reason.DEPENDENCY_UNAVAILABLE);
        var given = claim();
        given.cancel();
        claim();
        claim();
        assertThat(attempts).isEqualTo(5);
        assertThat(reason(claim())).isEqualTo(Reason.OVERLOADED);
    }

    private UniAssertSubscriber<StandingGrant> claim() {
        return Uni.createFrom()
                .deferred(() -> grants.claim(KEY))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private static Reason reason(UniAssertSubscriber<StandingGrant> refused) {
        return ((Refusal) refused.awaitFailure(Duration.ofSeconds(10)).getFailure()).reason();
    }

    /** A claim that hangs is given up after the test has ended. */
    private record Patience() implements StoreConfig {
        @Override
        public Duration transactionTimeout() {
            return Duration.ofMinutes(10);
        }

        @Override
        public Duration queryTimeout() {
            return Duration.ofMinutes(10);
        }
    }
}

package io.gamehall.activity.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gamehall.activity.Given;
import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.guard.BreakerSettings;
import io.gamehall.activity.guard.Breakers;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.testing.HallServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class CheckConditionsTest {
    private static final int CALLS = 10;

    @Inject
    Activities activities;

    @Inject
    PlayerScores scores;

    @Inject
    Ledger ledger;

    @Inject
    ConditionSettings settings;

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void a_redis_that_does_not_answer_is_not_asked_for_every_prerequisite() {
        var first = Given.activity("prerequisite");
        var second =
                Given.activity("dependent", "\"conditions\":[{\"type\":\"joined\",\"activity\":\"" + first + "\"}]");
        var check = new CheckConditions(activities, new Silent(), scores, ledger, breakers(), settings);

        for (var call = 0; call < CALLS; call++)
            assertThat(refusal(check, second)).isEqualTo(Reason.DEPENDENCY_UNAVAILABLE);
        assertThat(asked).hasValue(CALLS);

        assertThat(refusal(check, second)).isEqualTo(Reason.DEPENDENCY_UNAVAILABLE);
        assertThat(asked).hasValue(CALLS);
    }

    private Reason refusal(CheckConditions check, String activity) {
        var request = new JoinRequest(Given.newPlayer(), "here", JoinRequest.NEXT);
        var checked = check.check(activities.get(new ActivityId(activity)), request);
        return catchThrowableOfType(Refusal.class, () -> checked.await().atMost(Duration.ofSeconds(20)))
                .reason();
    }

    private static Breakers breakers() {
        var breaking = new SmallRyeConfigBuilder()
                .withMapping(BreakerSettings.class)
                .withDefaultValue("gamehall.breakers.calls", Integer.toString(CALLS))
                .withDefaultValue("gamehall.breakers.rest", "1H")
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(BreakerSettings.class);
        return new Breakers(breaking, new SimpleMeterRegistry());
    }

    private final class Silent implements Participants {
        @Override
        public Uni<Admission> admit(Activity activity, JoinRequest request) {
            throw new AssertionError("Nobody joins");
        }

        @Override
        public Uni<Optional<SortedMap<Integer, Long>>> joinsOf(Activity activity, long player) {
            asked.incrementAndGet();
            return Uni.createFrom().failure(new TimeoutException("silent"));
        }
    }
}

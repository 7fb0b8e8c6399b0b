package io.gamehall.activity.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gamehall.activity.Given;
import io.gamehall.activity.catalog.Activities;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.reads.ReadMeters;
import io.gamehall.activity.statistics.domain.JoinStatistics;
import io.gamehall.activity.statistics.domain.JoinStatistics.Count;
import io.gamehall.activity.statistics.domain.Window;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** With a database that answers when the test wants it. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class CountJoinsTest {
    @Inject
    Activities activities;

    @Inject
    StatisticsSettings settings;

    @Inject
    ReadMeters meters;

    private final List<UniEmitter<? super List<Count>>> asked = new ArrayList<>();

    @Test
    void the_same_question_is_asked_once() {
        var count = countJoins();
        var id = new ActivityId(Given.activity("asked-once"));

        var one = subscribe(count.of(id, minute(0)));
        var other = subscribe(count.of(id, minute(0)));
        asked.getFirst().complete(List.of(new Count(0, "here", 3)));

        assertThat(one.awaitItem().getItem().joins()).isEqualTo(3);
        assertThat(other.awaitItem().getItem().joins()).isEqualTo(3);
        assertThat(count.of(id, minute(0)).await().indefinitely().joins()).isEqualTo(3);
        assertThat(asked).hasSize(1);
    }

    @Test
    void only_so_many_questions_are_with_the_database_at_a_time() {
        var count = countJoins();
        var id = new ActivityId(Given.activity("bounded"));
        for (var place = 0; place < settings.inFlightMax(); place++) subscribe(count.of(id, minute(place)));

        assertThat(reason(count.of(id, minute(100)))).isEqualTo(Reason.OVERLOADED);
        asked.getFirst().fail(new TimeoutException());
        subscribe(count.of(id, minute(101)));

        assertThat(asked).hasSize(settings.inFlightMax() + 1);
    }

    @Test
    void a_database_that_does_not_answer_in_time_is_told() {
        var count = countJoins();
        var id = new ActivityId(Given.activity("too-slow"));
        var answer = subscribe(count.of(id, minute(0)));

        asked.getFirst().fail(new TimeoutException());

        assertThat(((Refusal) answer.awaitFailure().getFailure()).reason()).isEqualTo(Reason.DEPENDENCY_UNAVAILABLE);
    }

    private CountJoins countJoins() {
        return new CountJoins(
                activities, (activity, window, timeout) -> Uni.createFrom().emitter(asked::add), settings, meters);
    }

    private static Window minute(long number) {
        return new Window(number * Window.MINUTE_MS, (number + 1) * Window.MINUTE_MS);
    }

    private static UniAssertSubscriber<JoinStatistics> subscribe(Uni<JoinStatistics> answer) {
        return answer.subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static Reason reason(Uni<?> answer) {
        return catchThrowableOfType(Refusal.class, () -> answer.await().atMost(Duration.ofSeconds(20)))
                .reason();
    }
}

package io.gamehall.activity.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gamehall.activity.catalog.domain.Activity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.reads.ReadMeters;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActivitiesTest {
    private static final ActivityId KNOWN = new ActivityId("known");

    private final AtomicInteger statements = new AtomicInteger();
    private final Activities activities =
            new Activities(store(), settings(), new ReadMeters(new SimpleMeterRegistry()));

    @BeforeEach
    void load() {
        activities.refresh().await().atMost(Duration.ofSeconds(20));
        assertThat(statements).hasValue(2);
    }

    @Test
    void ten_thousand_unknown_ids_cost_the_database_nothing() {
        IntStream.range(0, 10_000).parallel().forEach(number -> assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> activities.get(new ActivityId("unknown-" + number)))
                .matches(refusal -> refusal.reason() == Reason.ACTIVITY_NOT_FOUND));

        assertThat(statements).hasValue(2);
    }

    @Test
    void what_is_known_costs_the_database_nothing_however_often_it_is_read() {
        IntStream.range(0, 10_000).parallel().forEach(ignored -> activities.get(KNOWN));
        activities.list(null, 100);

        assertThat(statements).hasValue(2);
    }

    private ActivityStore store() {
        return (ActivityStore) Proxy.newProxyInstance(
                ActivityStore.class.getClassLoader(), new Class<?>[] {ActivityStore.class}, (self, method, given) -> {
                    statements.incrementAndGet();
                    return Uni.createFrom()
                            .item(
                                    switch (method.getName()) {
                                        case "versions" -> Map.of(KNOWN, 1L);
                                        case "load" -> List.of(new Activity(KNOWN, "Known", 1, terms()));
                                        default -> throw new AssertionError(method);
                                    });
                });
    }

    private static Terms terms() {
        return new Terms(1, 0, 1, 1, false, PlayerRate.USUAL, new Reward(Reward.Kind.POINTS, "points", 1));
    }

    private static CatalogSettings settings() {
        return (CatalogSettings) Proxy.newProxyInstance(
                CatalogSettings.class.getClassLoader(),
                new Class<?>[] {CatalogSettings.class},
                (self, asked, none) -> 10);
    }
}

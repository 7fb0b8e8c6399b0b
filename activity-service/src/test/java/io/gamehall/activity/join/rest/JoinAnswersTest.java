package io.gamehall.activity.join.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.Given;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class JoinAnswersTest {
    private static final ActivityId ACTIVITY = new ActivityId("any");

    @Inject
    Vertx vertx;

    @Test
    void a_join_is_told_without_the_request_that_asked_for_it() throws Exception {
        var told = new CompletableFuture<RestResponse<JoinView>>();

        // An event loop's own context is no request's.
        vertx.getOrCreateContext().runOnContext(ignored -> {
            try {
                told.complete(JoinAnswers.of(ACTIVITY, 7, new Given(2, 1_000, false)));
            } catch (RuntimeException failure) {
                told.completeExceptionally(failure);
            }
        });

        var answer = told.get(30, TimeUnit.SECONDS);
        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(answer.getHeaderString("location")).isEqualTo("/api/activities/any/joins/me");
        assertThat(answer.getEntity()).isEqualTo(new JoinView("any:7:2", "any", "7", 2, 1_000));
    }
}

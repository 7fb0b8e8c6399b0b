package io.gamehall.reward.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while any kind of facts waits for the database or for Kafka; says which, since when and why. */
@Readiness
@ApplicationScoped
class FlowReadiness implements HealthCheck {
    private final Pipelines pipelines;

    FlowReadiness(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("Facts flow").up();
        for (var kind : pipelines.kinds()) {
            kind.waits().ifPresent(wait -> answer.down()
                    .withData(kind.kind(), "waits since %s: %s".formatted(wait.since(), wait.cause())));
        }
        return answer.build();
    }
}

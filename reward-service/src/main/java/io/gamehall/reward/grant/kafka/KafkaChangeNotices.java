package io.gamehall.reward.grant.kafka;

import io.gamehall.reward.grant.ChangeNotices;
import io.gamehall.reward.grant.DueChange;
import io.gamehall.reward.pipeline.Pipelines;
import io.gamehall.reward.pipeline.Progress;
import io.gamehall.reward.pipeline.kafka.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Topic {@code player-notices}, through the outbox of the pipeline; while Kafka is away readiness says so. */
@ApplicationScoped
class KafkaChangeNotices implements ChangeNotices {
    private final Outbox outbox;
    private final Progress progress;

    KafkaChangeNotices(Outbox outbox, Pipelines pipelines) {
        this.outbox = outbox;
        this.progress = pipelines.open("grant-change");
    }

    @Override
    public Uni<Void> publish(List<DueChange> changes) {
        var notices = changes.stream()
                .map(change -> outbox.notice(GrantNotices.changed(change)))
                .toList();
        return outbox.publish(notices, progress);
    }
}

package io.gamehall.reward.pipeline.kafka;

import io.gamehall.reward.pipeline.Ledger;
import io.gamehall.reward.pipeline.PipelineConfig;
import io.gamehall.reward.pipeline.Pipelines;
import io.gamehall.reward.pipeline.RecordFacts;
import io.gamehall.reward.pipeline.domain.Fact;
import jakarta.enterprise.context.ApplicationScoped;

/** Puts channels together; each kind of facts opens one. */
@ApplicationScoped
public class FactChannels {
    private final Outbox outbox;
    private final Pipelines pipelines;
    private final PipelineConfig config;

    FactChannels(Outbox outbox, Pipelines pipelines, PipelineConfig config) {
        this.outbox = outbox;
        this.pipelines = pipelines;
        this.config = config;
    }

    /** The channel of one kind of facts, from its records to its ledger. */
    public <F extends Fact, E> FactChannel<F, E> open(FactCodec<F, E> codec, Ledger<F, E> ledger) {
        var progress = pipelines.open(codec.kind());
        return new FactChannel<>(codec, new RecordFacts<>(ledger, config, progress), outbox, progress);
    }
}

package io.gamehall.reward.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The kinds of facts that this process handles. */
@ApplicationScoped
public class Pipelines {
    private final MeterRegistry registry;
    private final List<Progress> kinds = new CopyOnWriteArrayList<>();

    public Pipelines(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Starts to keep account of a kind of facts. */
    public Progress open(String kind) {
        var progress = new Progress(kind, registry);
        kinds.add(progress);
        return progress;
    }

    /** How each kind fares. */
    public List<Progress> kinds() {
        return List.copyOf(kinds);
    }
}

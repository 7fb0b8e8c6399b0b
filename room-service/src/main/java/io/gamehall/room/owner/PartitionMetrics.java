package io.gamehall.room.owner;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What docs/metrics.md tells of each partition. */
final class PartitionMetrics {
    private PartitionMetrics() {}

    /** @param status held weakly by the registry */
    static void register(MeterRegistry metrics, int partition, Supplier<PartitionStatus> status) {
        gauge(metrics, "gamehall.rooms.term", partition, status, PartitionStatus::term);
        gauge(metrics, "gamehall.rooms.owned", partition, status, it -> it.owned() ? 1 : 0);
        gauge(metrics, "gamehall.rooms.members", partition, status, PartitionStatus::members);
        gauge(metrics, "gamehall.rooms.parked", partition, status, PartitionStatus::parked);
        gauge(
                metrics,
                "gamehall.rooms.read.back.seconds",
                partition,
                status,
                it -> it.readBackNanos() / (double) TimeUnit.SECONDS.toNanos(1));
        counter(metrics, "gamehall.rooms.commands", partition, status, PartitionStatus::commands);
        counter(metrics, "gamehall.rooms.late.commands", partition, status, PartitionStatus::late);
        counter(metrics, "gamehall.rooms.stale.records", partition, status, PartitionStatus::stale);
        counter(metrics, "gamehall.rooms.repaired.records", partition, status, PartitionStatus::repaired);
    }

    private static void gauge(
            MeterRegistry metrics,
            String name,
            int partition,
            Supplier<PartitionStatus> status,
            ToDoubleFunction<PartitionStatus> of) {
        Gauge.builder(name, status, it -> of.applyAsDouble(it.get()))
                .tag("partition", Integer.toString(partition))
                .register(metrics);
    }

    private static void counter(
            MeterRegistry metrics,
            String name,
            int partition,
            Supplier<PartitionStatus> status,
            ToDoubleFunction<PartitionStatus> of) {
        FunctionCounter.builder(name, status, it -> of.applyAsDouble(it.get()))
                .tag("partition", Integer.toString(partition))
                .register(metrics);
    }
}

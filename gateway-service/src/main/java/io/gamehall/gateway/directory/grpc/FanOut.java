package io.gamehall.gateway.directory.grpc;

import com.google.protobuf.Message;
import io.gamehall.gateway.directory.DirectoryConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Tells all streams that carry the same what has changed in it. Of each change one message is encoded for all of them.
 * A stream whose client reads too slowly loses its updates, gets a snapshot when it has read on, and ends if it does
 * not. Confined to the directory's thread.
 *
 * @param <K> names what streams carry
 * @param <M> what an update is on the wire
 */
final class FanOut<K, M extends Message> {
    static final long SWEEP_MS = 1_000;

    private final Function<K, M> snapshot;
    private final long slowMaxNanos;
    private final Map<K, List<UpdateReader<M>>> readers = new HashMap<>();
    private final Map<K, EncodedUpdate<M>> snapshots = new HashMap<>();
    private final AtomicInteger live = new AtomicInteger();
    private final Counter slow;
    private final Counter resynced;
    private final Counter deltas;
    private final Counter told;

    /** @param snapshot everything, as it is now */
    FanOut(Watch.Kind kind, Function<K, M> snapshot, DirectoryConfig config, MeterRegistry meters) {
        this.snapshot = snapshot;
        this.slowMaxNanos = config.watcherSlowMax().toNanos();
        this.slow = meters.counter("gamehall.streams.slow", "kind", kind.tag());
        this.resynced = meters.counter("gamehall.streams.resynced", "kind", kind.tag());
        this.deltas = meters.counter("gamehall.directory.deltas", "kind", kind.tag());
        this.told = meters.counter("gamehall.directory.deltas.told", "kind", kind.tag());
        Gauge.builder("gamehall.directory.watchers", live, AtomicInteger::get)
                .tag("kind", kind.tag())
                .description("Streams that carry rooms or tables, be they watches or event streams")
                .register(meters);
    }

    /** Sends a stream everything, and then what changes, until it is no longer open. */
    void add(K key, UpdateReader<M> reader) {
        if (!reader.isOpen()) return;
        readers.computeIfAbsent(key, first -> new ArrayList<>()).add(reader);
        live.incrementAndGet();
        refresh(key, reader);
    }

    /** What streams carry, be it that the last one has closed a moment ago. */
    Set<K> carried() {
        return readers.keySet();
    }

    /** To be called at least whenever something changes: snapshots are the same for all who come in between. */
    void forgetSnapshots() {
        snapshots.clear();
    }

    /** @param delta what has changed */
    void tell(K key, M delta) {
        var reading = readers.getOrDefault(key, List.of());
        if (reading.isEmpty()) return;
        var update = new EncodedUpdate<>(delta);
        deltas.increment();
        for (var reader : reading) {
            if (reader.stale) resync(key, reader);
            else send(reader, update);
        }
    }

    private void send(UpdateReader<M> reader, EncodedUpdate<M> update) {
        if (reader.offer(update)) {
            told.increment();
            return;
        }
        // It gets nothing more until it has read on, and then a snapshot.
        slow.increment();
        reader.stale = true;
        reader.staleSinceNanos = System.nanoTime();
    }

    private void resync(K key, UpdateReader<M> reader) {
        if (!reader.hasReadOn()) return;
        resynced.increment();
        refresh(key, reader);
    }

    private void refresh(K key, UpdateReader<M> reader) {
        // Nothing waits, so it is taken.
        reader.stale = !reader.offer(snapshots.computeIfAbsent(key, it -> new EncodedUpdate<>(snapshot.apply(it))));
    }

    /** To be called every {@link #SWEEP_MS}. */
    void sweep(long nowNanos) {
        readers.forEach((key, reading) -> {
            for (var reader : reading) if (reader.stale) resync(key, reader);
            for (var reader : reading) {
                if (reader.stale && nowNanos - reader.staleSinceNanos > slowMaxNanos) reader.cutOff();
            }
            reading.removeIf(reader -> !reader.isOpen());
        });
        readers.values().removeIf(List::isEmpty);
        live.set(readers.values().stream().mapToInt(List::size).sum());
        snapshots.keySet().retainAll(readers.keySet());
    }
}

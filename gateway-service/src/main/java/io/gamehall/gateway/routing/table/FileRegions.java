package io.gamehall.gateway.routing.table;

import io.gamehall.gateway.address.CidrTable;
import io.gamehall.gateway.routing.AddressRegions;
import io.gamehall.gateway.routing.MaxmindConfig;
import io.gamehall.gateway.routing.RoutingConfig;
import io.gamehall.gateway.routing.table.WatchedFile.Check;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The regions of addresses by the files that are configured: the table, then the MaxMind database. Both are looked
 * after on a worker thread; who asks never waits.
 */
@Singleton
class FileRegions implements AddressRegions {
    private final Optional<WatchedFile<CidrTable<String>>> table;
    private final Optional<WatchedFile<MaxmindRegions>> database;
    private final long checkMs;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private long timer;

    FileRegions(RoutingConfig config, MaxmindConfig maxmind, Vertx vertx, MeterRegistry meters) {
        this.vertx = vertx;
        this.meters = meters;
        checkMs = config.check().toMillis();
        table = config.table().map(file -> new WatchedFile<>(file, RegionTable::read));
        database = maxmind.database()
                .map(file -> new WatchedFile<>(file, changed -> MaxmindRegions.read(changed, maxmind)));
        Gauge.builder("gamehall.routing.table.entries", this, FileRegions::entries)
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        if (table.isEmpty() && database.isEmpty()) return;
        timer = vertx.setPeriodic(checkMs, ignored -> vertx.executeBlocking(this::check));
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
    }

    @Override
    public Optional<String> of(InetAddress address) {
        return table.flatMap(file -> file.content().find(address))
                .or(() -> database.flatMap(file -> file.content().of(address)));
    }

    /** One at a time: a file may take longer to read than the next check is away. */
    synchronized Void check() {
        Stream.of(table, database)
                .flatMap(Optional::stream)
                .map(WatchedFile::check)
                .forEach(this::count);
        return null;
    }

    private void count(Check outcome) {
        if (outcome == Check.UNCHANGED) return;
        meters.counter(
                        "gamehall.routing.table.reloads",
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    private int entries() {
        return table.map(file -> file.content().size()).orElse(0);
    }
}

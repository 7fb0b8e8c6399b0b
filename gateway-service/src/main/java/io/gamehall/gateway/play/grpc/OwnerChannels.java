package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.PlayConfig;
import io.gamehall.gateway.play.TryFailed;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.v1.KeepAliveReply;
import io.gamehall.v1.KeepAliveRequest;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.RoomCommandRequest;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One connection to each process that owns partitions. Opened by the first call, closed when the process owns nothing
 * any more and nobody has called it for a minute; bounded in number. Safe for any thread.
 */
@Singleton
class OwnerChannels {
    private static final long SWEEP_MS = 10_000;
    private static final Duration IDLE_MAX = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Map<String, OwnerChannel> channels = new ConcurrentHashMap<>();
    private final Directory directory;
    private final PlayConfig config;
    private final Vertx vertx;

    OwnerChannels(Directory directory, PlayConfig config, Vertx vertx, MeterRegistry meters) {
        this.directory = directory;
        this.config = config;
        this.vertx = vertx;
        Gauge.builder("gamehall.play.in.flight", this, OwnerChannels::inFlight)
                .description("Calls on their way to owners")
                .register(meters);
        Gauge.builder("gamehall.play.channels", channels, Map::size)
                .description("Connections to owners")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(SWEEP_MS, ignored -> sweep());
    }

    void stop(@Observes ShutdownEvent stopping) {
        channels.values().forEach(OwnerChannel::close);
    }

    /** One try of a command; fails as {@link io.gamehall.gateway.play.OwnerCall} says. */
    Uni<RoomCommandReply> execute(String endpoint, RoomCommandRequest request, Duration deadline) {
        return with(
                endpoint,
                channel -> channel.tryAcquire()
                        ? channel.execute(request, deadline)
                        : refuse("Too many calls to this owner"));
    }

    /** One try of a keep-alive, which is never shed: an owner that has much to do must not lose its players. */
    Uni<KeepAliveReply> keepAlive(String endpoint, KeepAliveRequest request, Duration deadline) {
        return with(endpoint, channel -> channel.keepAlive(request, deadline));
    }

    private <T> Uni<T> with(String endpoint, Function<OwnerChannel, Uni<T>> call) {
        var channel = channels.get(endpoint);
        if (channel == null) {
            if (channels.size() >= config.channelsMax()) return refuse("Too many owners");
            try {
                channel = channels.computeIfAbsent(endpoint, this::open);
            } catch (IllegalArgumentException noAddress) {
                return Uni.createFrom()
                        .failure(new TryFailed(
                                TryFailed.Kind.UNAVAILABLE, Optional.empty(), Optional.empty(), noAddress));
            }
        }
        return call.apply(channel);
    }

    private OwnerChannel open(String endpoint) {
        return new OwnerChannel(endpoint, config.serviceCredential(), config.inFlightMax());
    }

    private int inFlight() {
        return channels.values().stream().mapToInt(OwnerChannel::inFlight).sum();
    }

    private void sweep() {
        var owners = directory.owners();
        channels.forEach((endpoint, channel) -> {
            if (!owners.contains(endpoint) && channel.isIdleFor(IDLE_MAX) && channels.remove(endpoint, channel)) {
                channel.close();
            }
        });
    }

    private static <T> Uni<T> refuse(String detail) {
        return Uni.createFrom().failure(new Refusal(Reason.OVERLOADED, detail).retryAfter(RETRY));
    }
}

package io.gamehall.gateway.play.grpc;

import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.BreakerConfig;
import io.gamehall.gateway.play.OwnerCall;
import io.gamehall.gateway.play.OwnerHealth;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One connection to each process that owns partitions. Opened by the first call, closed when the process owns nothing
 * any more and nobody has called it for a minute; bounded in number. Safe for any thread.
 */
@Singleton
class OwnerChannels implements OwnerHealth {
    private static final long SWEEP_MS = 10_000;
    private static final Duration IDLE_MAX = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Map<String, OwnerChannel> channels = new ConcurrentHashMap<>();
    private final Directory directory;
    private final PlayConfig config;
    private final BreakerConfig breakers;
    private final Vertx vertx;
    private final MeterRegistry meters;

    OwnerChannels(Directory directory, PlayConfig config, BreakerConfig breakers, Vertx vertx, MeterRegistry meters) {
        this.directory = directory;
        this.config = config;
        this.breakers = breakers;
        this.vertx = vertx;
        this.meters = meters;
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
    Uni<RoomCommandReply> execute(String endpoint, RoomCommandRequest request, OwnerCall.Time time) {
        var fenced = request.toBuilder().setNotAfterMs(time.notAfterMs()).build();
        return with(endpoint, channel -> channel.execute(fenced, time.answerMax()));
    }

    /** One try of a keep-alive, which is never shed: an owner that has much to do must not lose its players. */
    Uni<KeepAliveReply> keepAlive(String endpoint, KeepAliveRequest request, Duration deadline) {
        return with(endpoint, channel -> channel.keepAlive(request, deadline));
    }

    @Override
    public boolean isAway(String endpoint) {
        var channel = channels.get(endpoint);
        return channel != null && channel.isAway();
    }

    private <T> Uni<T> with(String endpoint, Function<OwnerChannel, Uni<T>> call) {
        var channel = channels.get(endpoint);
        if (channel == null) {
            if (channels.size() >= config.channelsMax()) {
                return Uni.createFrom().failure(overloaded("Too many owners"));
            }
            try {
                channel = channels.computeIfAbsent(endpoint, this::open);
            } catch (IllegalArgumentException noAddress) {
                return Uni.createFrom().failure(TryFailed.unreached(noAddress));
            }
        }
        return call.apply(channel);
    }

    private OwnerChannel open(String endpoint) {
        return new OwnerChannel(endpoint, config, breakers, meters);
    }

    /** Calls on their way to one owner. */
    int inFlight(String endpoint) {
        var channel = channels.get(endpoint);
        return channel == null ? 0 : channel.inFlight();
    }

    private int inFlight() {
        return channels.values().stream().mapToInt(OwnerChannel::inFlight).sum();
    }

    private void sweep() {
        sweep(IDLE_MAX);
    }

    void sweep(Duration idleMax) {
        var owners = directory.owners();
        // One step with opening it again: the next channel's meters have the same names.
        channels.keySet()
                .forEach(endpoint -> channels.computeIfPresent(endpoint, (same, channel) -> {
                    if (owners.contains(endpoint) || !channel.isIdleFor(idleMax)) return channel;
                    channel.close();
                    return null;
                }));
    }

    static Refusal overloaded(String detail) {
        return new Refusal(Reason.OVERLOADED, detail).retryAfter(RETRY);
    }
}

package io.gamehall.gateway.limits;

import io.gamehall.gateway.address.CidrTable;
import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a client may go on, by its address: its session comes after. For any thread; nothing here waits. */
@Singleton
public class CallLimits {
    private final CidrTable<Boolean> exempt;
    private final Buckets<InetAddress> addresses;
    private final int streamsMax;
    private final Map<InetAddress, Integer> streams = new ConcurrentHashMap<>();
    private final LimitMetrics metrics;

    CallLimits(LimitsConfig config, LimitMetrics metrics) {
        this.exempt = CidrTable.of(config.exempt().orElse(List.of()), true);
        this.addresses = new Buckets<>(config.address(), config.trackedMax());
        this.streamsMax = config.addressStreamsMax();
        this.metrics = metrics;
    }

    /** Counts a call. @return why it is refused, if it is: TOO_FAST */
    public Optional<Refusal> call(ClientAddress address) {
        if (isExempt(address)) return Optional.empty();
        var wait = addresses.take(address.network());
        if (wait.isZero()) return Optional.empty();
        metrics.refused("address");
        return Optional.of(
                new Refusal(Reason.TOO_FAST, "Too many calls of this address").retryAfter(wait.plusMillis(1)));
    }

    /** Counts a stream that opens. @return why it is refused, if it is: STREAMS_MAX; then it is not to be closed */
    public Optional<Refusal> openStream(ClientAddress address) {
        if (isExempt(address)) return Optional.empty();
        var network = address.network();
        if (streams.merge(network, 1, Integer::sum) <= streamsMax) return Optional.empty();
        release(network);
        metrics.refused("streams");
        return Optional.of(new Refusal(Reason.STREAMS_MAX, "Close some first")
                .with(Map.of("streams_max", Integer.toString(streamsMax))));
    }

    /** Counts a stream that was opened, and has closed. */
    public void closeStream(ClientAddress address) {
        if (!isExempt(address)) release(address.network());
    }

    private void release(InetAddress network) {
        streams.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Whether the limits of addresses do not apply to that one. */
    public boolean isExempt(ClientAddress address) {
        return exempt.find(address.value()).isPresent();
    }
}

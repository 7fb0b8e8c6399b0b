package io.gamehall.gateway.limits;

import io.gamehall.gateway.address.CidrTable;
import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Tickets;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a client may go on, by its address and its session. For any thread; nothing here waits. */
@Singleton
public class CallLimits {
    private static final int KEY_CHARS = 10;

    private final CidrTable<Boolean> exempt;
    private final Buckets<InetAddress> addresses;
    private final Buckets<String> sessions;
    private final int streamsMax;
    private final Map<InetAddress, Integer> streams = new ConcurrentHashMap<>();
    private final LimitMetrics metrics;

    CallLimits(LimitsConfig config, LimitMetrics metrics) {
        this.exempt = CidrTable.of(config.exempt().orElse(List.of()), true);
        this.addresses = new Buckets<>(config.address(), config.trackedMax());
        this.sessions = new Buckets<>(config.session(), config.trackedMax());
        this.streamsMax = config.addressStreamsMax();
        this.metrics = metrics;
    }

    /**
     * Counts a call.
     *
     * @param authorization the header's value, or null
     * @return why it is refused, if it is: TOO_FAST
     */
    public Optional<Refusal> call(ClientAddress address, String authorization) {
        if (!isExempt(address)) {
            var wait = addresses.take(address.network());
            if (!wait.isZero()) return tooFast("address", wait);
        }
        var session = session(authorization);
        if (session.isPresent()) {
            var wait = sessions.take(session.get());
            if (!wait.isZero()) return tooFast("session", wait);
        }
        return Optional.empty();
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

    private Optional<Refusal> tooFast(String limit, Duration wait) {
        metrics.refused(limit);
        return Optional.of(
                new Refusal(Reason.TOO_FAST, "Too many calls of this " + limit).retryAfter(wait.plusMillis(1)));
    }

    /**
     * A piece of the token's signature, before its last character, of which some bits mean nothing: nobody can vary it
     * and keep the token genuine, nor guess that of another, so nothing need be verified here.
     */
    private static Optional<String> session(String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, Tickets.BEARER, 0, Tickets.BEARER.length())) {
            return Optional.empty();
        }
        var token = authorization.strip();
        int end = token.length() - 1;
        int begin = end - KEY_CHARS;
        return begin < Tickets.BEARER.length() ? Optional.empty() : Optional.of(token.substring(begin, end));
    }
}

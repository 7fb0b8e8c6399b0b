package io.gamehall.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.limits.Pace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallLimitsTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CallLimits limits = new CallLimits(new Config(), new LimitMetrics(metrics));

    private record Config() implements LimitsConfig {
        @Override
        public Pace address() {
            return new Pace(1, 2_000);
        }

        @Override
        public int addressStreamsMax() {
            return 2;
        }

        @Override
        public Optional<List<String>> exempt() {
            return Optional.of(List.of("10.0.0.0/8"));
        }

        @Override
        public int trackedMax() {
            return 1_000;
        }
    }

    @Test
    void an_address_that_calls_too_fast_is_told_when_to_come_again() {
        var refusal = untilRefused("192.0.2.1");

        assertThat(refusal.reason()).isEqualTo(Reason.TOO_FAST);
        assertThat(refusal.retryAfter())
                .hasValueSatisfying(delay -> assertThat(delay).isPositive());
        assertThat(metrics.counter("gamehall.limits.refused", "limit", "address")
                        .count())
                .isEqualTo(1);
        assertThat(limits.call(address("192.0.2.2"))).isEmpty();
    }

    @Test
    void a_network_of_ipv6_is_one_client() {
        untilRefused("2001:db8:1:2::1");

        assertThat(limits.call(address("2001:db8:1:2:ffff::9"))).isPresent();
        assertThat(limits.call(address("2001:db8:1:3::1"))).isEmpty();
    }

    @Test
    void an_exempt_address_may_call_as_often_as_it_likes() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(limits.call(address("10.1.2.3"))).isEmpty();
        }
    }

    @Test
    void streams_of_an_address_are_counted_until_they_close() {
        var client = address("192.0.2.9");

        assertThat(limits.openStream(client)).isEmpty();
        assertThat(limits.openStream(client)).isEmpty();
        assertThat(limits.openStream(client)).hasValueSatisfying(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.STREAMS_MAX);
            assertThat(refusal.metadata()).containsEntry("streams_max", "2");
        });
        limits.closeStream(client);
        assertThat(limits.openStream(client)).isEmpty();
        assertThat(limits.openStream(address("192.0.2.10"))).isEmpty();
    }

    private Refusal untilRefused(String address) {
        for (int i = 0; i < 1_000_000; i++) {
            var refusal = limits.call(address(address));
            if (refusal.isPresent()) return refusal.get();
        }
        throw new AssertionError("Never refused");
    }

    private static ClientAddress address(String digits) {
        return new ClientAddress(InetAddress.ofLiteral(digits));
    }
}

package io.gamehall.room.owner.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Map;

/**
 * A connection to the service under test that tries again when an owner can't answer just now, as gateways do: on a busy
 * machine an owner may be out of touch with its journal for a moment.
 */
final class PatientChannel {
    private PatientChannel() {}

    static ManagedChannel to(int port) {
        var retry = Map.of(
                "maxAttempts",
                5.0,
                "initialBackoff",
                "0.5s",
                "maxBackoff",
                "4s",
                "backoffMultiplier",
                2.0,
                "retryableStatusCodes",
                List.of("UNAVAILABLE"));
        return NettyChannelBuilder.forAddress("localhost", port)
                .usePlaintext()
                .defaultServiceConfig(
                        Map.of("methodConfig", List.of(Map.of("name", List.of(Map.of()), "retryPolicy", retry))))
                .enableRetry()
                .build();
    }
}

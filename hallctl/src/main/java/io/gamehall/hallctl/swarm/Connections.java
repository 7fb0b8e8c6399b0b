package io.gamehall.hallctl.swarm;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A bounded number of HTTP/2 connections to each hall, shared by the players. Any thread. */
final class Connections implements AutoCloseable {
    private static final int CLOSE_SECONDS_MAX = 5;

    private final int perHall;
    private final ConcurrentHashMap<Place, ManagedChannel> channels = new ConcurrentHashMap<>();

    private record Place(String address, int slot) {}

    Connections(int perHall) {
        this.perHall = perHall;
    }

    /** The connection of player {@code number} to a hall, made at the first use. */
    ManagedChannel to(String address, int number) {
        // Callbacks only put messages into queues, so they may run on the I/O threads.
        return channels.computeIfAbsent(new Place(address, number % perHall), place -> NettyChannelBuilder.forTarget(
                        "dns:///" + place.address())
                .usePlaintext()
                .directExecutor()
                .build());
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        for (var channel : channels.values()) {
            try {
                channel.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

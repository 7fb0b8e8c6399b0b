package io.gamehall.hallctl.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.v1.Event;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayNamesTest {
    @Test
    void every_client_begins_with_the_gateway_that_it_is_given() {
        var gateways = List.of("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3");

        assertThat(GatewayNames.target(gateways, 0)).isEqualTo("gateways:///127.0.0.1:1,127.0.0.1:2,127.0.0.1:3");
        assertThat(GatewayNames.target(gateways, 2)).isEqualTo("gateways:///127.0.0.1:3,127.0.0.1:1,127.0.0.1:2");
        assertThat(GatewayNames.addresses(URI.create(GatewayNames.target(gateways, 1))))
                .flatExtracting(group -> group.getAddresses())
                .containsExactly(address(2), address(3), address(1));
    }

    @Test
    void a_client_whose_gateway_is_gone_finds_the_other_one() throws Exception {
        var first = start("first");
        var second = start("second");
        var channel = NettyChannelBuilder.forTarget(GatewayNames.target(List.of(at(first), at(second)), 0))
                .usePlaintext()
                .build();
        try {
            assertThat(whoAnswers(channel)).isEqualTo("first");
            first.shutdownNow().awaitTermination();

            assertThat(whoAnswersAtLast(channel)).isEqualTo("second");
        } finally {
            channel.shutdownNow();
            second.shutdownNow();
            first.shutdownNow();
        }
    }

    private static String whoAnswers(io.grpc.ManagedChannel channel) {
        return EventServiceGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .subscribe(SubscribeRequest.getDefaultInstance())
                .next()
                .getWelcome()
                .getRoomIds(0);
    }

    /** A call that was on its way when the connection broke fails; the next one finds its way. */
    private static String whoAnswersAtLast(io.grpc.ManagedChannel channel) {
        try {
            return whoAnswers(channel);
        } catch (StatusRuntimeException broken) {
            assertThat(broken.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            return whoAnswers(channel);
        }
    }

    private static String at(Server server) {
        return "127.0.0.1:" + server.getPort();
    }

    private static Server start(String name) throws java.io.IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new EventServiceGrpc.EventServiceImplBase() {
                    @Override
                    public void subscribe(SubscribeRequest request, StreamObserver<Event> stream) {
                        var event = Event.newBuilder();
                        event.getWelcomeBuilder().addRoomIds(name);
                        stream.onNext(event.build());
                        stream.onCompleted();
                    }
                })
                .build()
                .start();
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }
}

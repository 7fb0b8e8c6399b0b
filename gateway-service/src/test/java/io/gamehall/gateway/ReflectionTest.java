package io.gamehall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class ReflectionTest {
    @Test
    void a_client_can_ask_which_services_there_are() throws Exception {
        try (var client = new Client()) {
            var answer = new CompletableFuture<ServerReflectionResponse>();
            var asking = ServerReflectionGrpc.newStub(client.channel).serverReflectionInfo(first(answer));
            asking.onNext(
                    ServerReflectionRequest.newBuilder().setListServices("").build());

            assertThat(answer.get(20, TimeUnit.SECONDS)
                            .getListServicesResponse()
                            .getServiceList())
                    .extracting(ServiceResponse::getName)
                    .contains(
                            "gamehall.v1.LoginService",
                            "gamehall.v1.DirectoryService",
                            "gamehall.v1.PlayService",
                            "gamehall.v1.EventService");
            asking.onCompleted();
        }
    }

    private static StreamObserver<ServerReflectionResponse> first(CompletableFuture<ServerReflectionResponse> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable broken) {
                answer.completeExceptionally(broken);
            }

            @Override
            public void onCompleted() {}
        };
    }
}

package io.gamehall.room.owner.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.EnterRoom;
import io.gamehall.v1.LeaveRoom;
import io.gamehall.v1.QuickJoinTable;
import io.gamehall.v1.RoomCommandRequest;
import io.gamehall.v1.RoomCommandsGrpc;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The packaged service (jar or native image): a seat from entering to leaving, and what Kubernetes asks it. */
@QuarkusIntegrationTest
@QuarkusTestResource(HallServers.class)
class RoomCommandsIT {
    private static final String ROOM = "mahjong-042";

    @Test
    void a_player_enters_sits_down_and_leaves() {
        var channel = NettyChannelBuilder.forAddress("localhost", RestAssured.port)
                .usePlaintext()
                .build();
        try {
            var credential = new Metadata();
            credential.put(
                    Metadata.Key.of("gamehall-credential", Metadata.ASCII_STRING_MARSHALLER),
                    HallServers.servers().config().get("gamehall.service-credential"));
            var owner = RoomCommandsGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credential));
            var enter =
                    command().setEnter(EnterRoom.newBuilder().setRoomId(ROOM)).build();
            // The service claims its partitions while it starts.
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> owner.execute(enter)
                    .hasEntered());

            var seated = owner.execute(command()
                    .setQuickJoin(QuickJoinTable.newBuilder().setRoomId(ROOM))
                    .build());
            assertThat(seated.getSeated().getRoomId()).isEqualTo(ROOM);
            assertThat(owner.execute(command()
                                    .setLeave(LeaveRoom.newBuilder().setRoomId(ROOM))
                                    .build())
                            .hasLeft())
                    .isTrue();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void it_says_how_it_is() {
        for (var probe : new String[] {"live", "ready", "started"}) {
            RestAssured.get("/q/health/" + probe).then().statusCode(200);
        }
        assertThat(RestAssured.get("/q/metrics").body().asString()).contains("gamehall_rooms_owned");
    }

    private static RoomCommandRequest.Builder command() {
        return RoomCommandRequest.newBuilder().setPlayerId(77_000_001).setSessionGeneration(1);
    }
}

package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.v1.PlayServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JunkTest {
    private static final String AUTHORITY = "127.0.0.1:1234";

    @Test
    void every_kind_has_a_name_of_its_own_and_something_to_send() {
        var all = Stream.concat(
                        Junk.rest(AUTHORITY, "/api/login", "token").stream(), Junk.grpc(AUTHORITY, "token").stream())
                .toList();

        assertThat(all).extracting(Junk::name).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(junk -> assertThat(junk.bytes()).isNotEmpty());
        assertThat(all).extracting(junk -> junk.bytes().length).anyMatch(length -> length > 1 << 20);
    }

    @Test
    void it_names_the_method_that_there_is() {
        assertThat(PlayServiceGrpc.getSayMethod().getFullMethodName()).isEqualTo("gamehall.v1.PlayService/Say");
    }

    /** Real servers survive it; what they answer is theirs to say. */
    @Test
    void a_grpc_server_answers_others_afterwards() throws Exception {
        var server = start();
        try {
            var authority = "127.0.0.1:" + server.getPort();
            for (var junk : Junk.grpc(authority, "token")) {
                try (var http = new PlainHttp(authority, null, Duration.ofMillis(200))) {
                    http.write(junk.bytes());
                    http.firstStatus();
                } catch (java.io.IOException cut) {
                    // As it should be.
                }
            }
            try (var lines = new Lines(1)) {
                var answered = new CompletableFuture<Answer<Void>>();
                new GatewayCalls(lines, List.of(authority))
                        .say(new Player(1, 0, "a", "t"), "x", "", answered::complete);
                assertThat(answered.get(20, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                Answer.Not.class,
                                not -> assertThat(not.why().reason()).isEqualTo("UNIMPLEMENTED"));
            }
        } finally {
            server.shutdownNow();
        }
    }

    private static Server start() throws java.io.IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()
                .start();
    }
}

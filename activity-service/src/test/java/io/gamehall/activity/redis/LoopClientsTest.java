package io.gamehall.activity.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.platform.LoopClients;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class LoopClientsTest {
    @Inject
    Vertx vertx;

    @Inject
    RedisConfig config;

    @Inject
    TlsConfigurationRegistry tls;

    @Test
    void a_client_of_an_event_loop_has_its_connections_there() {
        var clients = new LoopClients(vertx, config, tls);
        var first = ((VertxInternal) vertx).createEventLoopContext();
        var second = Stream.generate(() -> ((VertxInternal) vertx).createEventLoopContext())
                .filter(context -> context.nettyEventLoop() != first.nettyEventLoop())
                .findFirst()
                .orElseThrow();

        // Of a call, too, whose context ends with it.
        for (var asks : List.of(first, second, second.duplicate())) {
            assertThat(asks.nettyEventLoop().inEventLoop(home(clients, asks))).isTrue();
        }
    }

    /** The thread on which a connection lives: its end is told there. */
    private static Thread home(LoopClients clients, ContextInternal asks) {
        var home = new CompletableFuture<Thread>();
        asks.runOnContext(ignored -> clients.make()
                .connect()
                .onSuccess(connection -> {
                    connection.endHandler(ended -> home.complete(Thread.currentThread()));
                    connection.send(Request.cmd(Command.QUIT));
                })
                .onFailure(home::completeExceptionally));
        return home.orTimeout(20, TimeUnit.SECONDS).join();
    }
}

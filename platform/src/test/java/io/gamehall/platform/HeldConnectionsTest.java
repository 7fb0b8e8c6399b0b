package io.gamehall.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a server that knows PING, and nothing else. */
class HeldConnectionsTest {
    private static final Pattern COMMAND = Pattern.compile("ping|hello", Pattern.CASE_INSENSITIVE);

    private final Vertx vertx = Vertx.vertx();
    private Redis redis;
    private HeldConnections connections;

    @BeforeEach
    void open() {
        var port = done(server().listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture())
                .actualPort();
        var address = "redis://127.0.0.1:" + port;
        redis = Redis.createClient(vertx, address);
        connections = new HeldConnections(redis, () -> Redis.createClient(vertx, address), Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        redis.close();
        done(vertx.close().toCompletionStage().toCompletableFuture());
    }

    @Test
    void who_asks_while_a_connection_is_opened_is_answered_on_a_context_of_their_own() {
        var loop = ((VertxInternal) vertx).createEventLoopContext();
        // As of three calls that one event loop serves at the same time.
        var callers = Stream.generate(loop::duplicate).limit(3).toList();

        var answered = answers(loop, callers);

        assertThat(answered).isEqualTo(callers);
        // By the connection that is open now.
        assertThat(answers(loop, callers)).isEqualTo(callers);
    }

    @Test
    void who_asks_while_a_timer_has_a_connection_opened_is_answered_on_their_own_context() {
        var loop = ((VertxInternal) vertx).createEventLoopContext();
        var callers = List.of(loop, loop.duplicate());

        assertThat(answers(loop, callers)).isEqualTo(callers);
    }

    @Test
    void a_connection_that_was_at_hand_is_followed_by_another_when_it_ends() {
        var atHand = new AtHand();
        var held = new HeldConnections(atHand.redis(), atHand::redis, Duration.ofSeconds(20));
        var loop = ((VertxInternal) vertx).createEventLoopContext();

        assertThat(served(loop, held)).isEqualTo("by 1");
        assertThat(served(loop, held)).isEqualTo("by 1");
        atHand.end();

        assertThat(served(loop, held)).isEqualTo("by 2");
    }

    @Test
    void each_event_loop_asks_for_one_client_of_its_own() {
        var askers = new ConcurrentLinkedQueue<Thread>();
        var held = new HeldConnections(
                redis,
                () -> {
                    askers.add(Thread.currentThread());
                    return redis;
                },
                Duration.ofSeconds(20));
        var first = ((VertxInternal) vertx).createEventLoopContext();
        var second = Stream.generate(() -> ((VertxInternal) vertx).createEventLoopContext())
                .filter(loop -> loop.nettyEventLoop() != first.nettyEventLoop())
                .findFirst()
                .orElseThrow();

        Stream.of(first, second, first, second).forEach(loop -> served(loop, held));

        assertThat(askers)
                .satisfiesExactly(
                        one -> assertThat(first.nettyEventLoop().inEventLoop(one))
                                .isTrue(),
                        two -> assertThat(second.nettyEventLoop().inEventLoop(two))
                                .isTrue());
    }

    @Test
    void the_connection_of_an_event_loop_gathers_what_is_sent() {
        var loop = ((VertxInternal) vertx).createEventLoopContext();
        served(loop, connections);

        var gathering = new CompletableFuture<Long>();
        loop.runOnContext(ignored -> {
            var count = new AtomicLong();
            ((SingleThreadEventLoop) loop.nettyEventLoop())
                    .registeredChannelsIterator()
                    .forEachRemaining(channel -> {
                        if (channel.pipeline().get(FlushConsolidationHandler.class) != null) count.incrementAndGet();
                    });
            gathering.complete(count.get());
        });

        assertThat(done(gathering)).isEqualTo(1);
    }

    private static String served(ContextInternal loop, HeldConnections held) {
        var answer = new CompletableFuture<String>();
        loop.runOnContext(ignored -> held.send(Request.cmd(Command.PING))
                .onSuccess(pong -> answer.complete(pong.toString()))
                .onFailure(answer::completeExceptionally));
        return done(answer);
    }

    /** Connections that a pool has at hand: nobody waits for them. They tell which one of them answers. */
    private static final class AtHand {
        private int opened;
        private boolean ended;
        private Handler<Void> ending;

        Redis redis() {
            return standIn(Redis.class, (self, method, given) -> switch (method.getName()) {
                case "connect" -> Future.succeededFuture(connection(++opened));
                default -> throw new AssertionError(method);
            });
        }

        private RedisConnection connection(int number) {
            return standIn(RedisConnection.class, (self, method, given) -> switch (method.getName()) {
                case "send" ->
                    ended && number == 1
                            ? Future.failedFuture("Connection is closed")
                            : Future.succeededFuture(standIn(Response.class, (_, _, _) -> "by " + number));
                case "endHandler" -> {
                    ending = handler(given[0]);
                    yield self;
                }
                case "exceptionHandler" -> self;
                default -> throw new AssertionError(method);
            });
        }

        @SuppressWarnings("unchecked")
        private static Handler<Void> handler(Object handler) {
            return (Handler<Void>) handler;
        }

        void end() {
            ended = true;
            ending.handle(null);
        }

        private static <T> T standIn(Class<T> type, InvocationHandler answers) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
        }
    }

    /** On which contexts the callers are answered, who ask one right after another. */
    private List<Context> answers(ContextInternal loop, List<ContextInternal> callers) {
        var answers =
                callers.stream().map(caller -> new CompletableFuture<Context>()).toList();
        loop.runOnContext(together -> {
            for (var one = 0; one < callers.size(); one++) {
                var answer = answers.get(one);
                callers.get(one).dispatch(ignored -> connections
                        .send(Request.cmd(Command.PING))
                        .onSuccess(pong -> answer.complete(Vertx.currentContext()))
                        .onFailure(answer::completeExceptionally));
            }
        });
        return answers.stream().map(HeldConnectionsTest::done).toList();
    }

    private NetServer server() {
        return vertx.createNetServer()
                .connectHandler(client -> client.handler(sent -> answer(client, sent.toString())));
    }

    private static void answer(NetSocket client, String sent) {
        COMMAND.matcher(sent)
                .results()
                .map(MatchResult::group)
                .forEach(command -> client.write(
                        command.equalsIgnoreCase("ping") ? "+PONG\r\n" : "-ERR unknown command 'HELLO'\r\n"));
    }

    private static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }
}

package io.gamehall.activity.catalog.redis;

import static org.awaitility.Awaitility.await;

import io.gamehall.platform.Cell;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Before a Redis that lets nobody subscribe. */
class RedisActivityNewsTest {
    private static final Cell CELL = new Cell() {
        @Override
        public String name() {
            return "here";
        }

        @Override
        public int number() {
            return 1;
        }
    };

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger closed = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_connection_on_which_nothing_can_be_heard_is_not_kept() {
        // Nothing is sent, and no activity is heard of.
        var news = new RedisActivityNews(redis(), null, null, vertx, CELL);

        news.start(null);
        try {
            await().until(() -> closed.get() == 1);
        } finally {
            news.stop(null);
        }
    }

    private Redis redis() {
        return standIn(Redis.class, (self, method, given) -> switch (method.getName()) {
            case "connect" -> Future.succeededFuture(connection());
            default -> throw new AssertionError(method);
        });
    }

    private RedisConnection connection() {
        return standIn(RedisConnection.class, (self, method, given) -> switch (method.getName()) {
            case "handler", "endHandler", "exceptionHandler" -> self;
            case "send" -> Future.failedFuture("NOPERM");
            case "close" -> {
                closed.incrementAndGet();
                yield Future.succeededFuture();
            }
            default -> throw new AssertionError(method);
        });
    }

    private static <T> T standIn(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}

package io.gamehall.room.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
    private static final int LOOPS = 4;
    private static final int PARTITIONS = 32;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void every_event_loop_has_its_share_of_the_partitions() {
        var loops = new EventLoops(vertx, PARTITIONS);

        var shares = new HashMap<Thread, Integer>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            shares.merge(threadOf(loops, partition), 1, Integer::sum);
        }

        assertThat(shares).hasSize(LOOPS).allSatisfy((loop, share) -> assertThat(share)
                .isEqualTo(PARTITIONS / LOOPS));
    }

    @Test
    void a_partition_stays_on_its_event_loop() {
        var loops = new EventLoops(vertx, PARTITIONS);

        var threads =
                IntStream.range(0, 10).mapToObj(time -> threadOf(loops, 7)).distinct();

        assertThat(threads).hasSize(1);
    }

    private static Thread threadOf(EventLoops loops, int partition) {
        var ran = new CompletableFuture<Thread>();
        loops.run(partition, () -> ran.complete(Thread.currentThread()));
        return ran.join();
    }
}

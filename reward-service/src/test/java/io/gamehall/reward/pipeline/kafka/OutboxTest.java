package io.gamehall.reward.pipeline.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.platform.Cell;
import io.gamehall.reward.pipeline.PipelineConfig;
import io.gamehall.reward.pipeline.Progress;
import io.gamehall.v1.Notice;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves for a Kafka that is away; the real one is in MainPathTest. */
class OutboxTest {
    private static final AtomicInteger SENT = new AtomicInteger();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Progress progress = new Progress("test", registry);
    /** Takes connections, and says nothing. */
    private ServerSocket silent;

    private Outbox outbox;

    @BeforeEach
    void open() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        outbox = new Outbox(
                new Somewhere(),
                new Impatient(),
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:" + silent.getLocalPort(),
                        "max.block.ms",
                        20,
                        "interceptor.classes",
                        Counting.class.getName()));
    }

    @AfterEach
    void close() throws IOException {
        outbox.close();
        silent.close();
    }

    @Test
    void while_kafka_is_away_one_record_of_a_batch_waits_for_it_and_the_others_do_not() {
        var records = Collections.nCopies(
                1_000, outbox.notice(Notice.newBuilder().setPlayerId(7).build()));

        var publication = outbox.publish(records, progress).subscribe().with(done -> {});
        await().until(() -> retries() >= 3);
        publication.cancel();

        assertThat(progress.waits()).isPresent();
        assertThat((double) SENT.get()).isLessThanOrEqualTo(retries() + 1);
    }

    private double retries() {
        return registry.get("gamehall.reward.retries").counter().count();
    }

    /** Counts what is given to the producer. */
    public static final class Counting implements ProducerInterceptor<byte[], byte[]> {
        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            SENT.incrementAndGet();
            return record;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception failure) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> settings) {}
    }

    private static final class Somewhere implements Cell {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public int number() {
            return 1;
        }
    }

    private static final class Impatient implements PipelineConfig {
        @Override
        public Duration retryDelayFirst() {
            return Duration.ofMillis(1);
        }

        @Override
        public Duration retryDelayMax() {
            return Duration.ofMillis(2);
        }

        @Override
        public int conflictsMax() {
            return 5;
        }
    }
}

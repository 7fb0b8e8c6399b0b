package io.gamehall.reward.pipeline.kafka;

import io.gamehall.reward.pipeline.Pipelines;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.jboss.logging.Logger;

/**
 * Measures how many records the consumers of this process are behind. Asks Kafka for it: what a paused consumer has
 * heard of its partitions' ends is as old as the pause, and it is paused just when this matters.
 */
@ApplicationScoped
class Lag {
    private static final Logger LOG = Logger.getLogger(Lag.class);
    private static final long PERIOD_MS = 5_000;
    /** The consumer's thread waits for this long at most. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    /** Named, for the consumer would take it as a procedure as well. */
    private static final Function<Consumer<Object, Object>, Map<String, Long>> BEHIND = Lag::behind;

    private final KafkaClientService clients;
    private final Pipelines pipelines;
    private final Vertx vertx;
    private volatile long timer;

    Lag(KafkaClientService clients, Pipelines pipelines, Vertx vertx) {
        this.clients = clients;
        this.pipelines = pipelines;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(PERIOD_MS, _ -> measure());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void measure() {
        var asked = clients.getConsumerChannels().stream()
                .<KafkaConsumer<Object, Object>>flatMap(channel -> clients.getConsumers(channel).stream())
                .distinct()
                .map(consumer -> consumer.runOnPollingThread(BEHIND))
                .toList();
        if (asked.isEmpty()) return;
        Uni.join()
                .all(asked)
                .andFailFast()
                .subscribe()
                .with(this::tell, failure -> LOG.debugf("The lag is not known: %s", failure));
    }

    /** Uncommitted records of each topic in the consumer's partitions. On the consumer's thread. */
    private static Map<String, Long> behind(Consumer<?, ?> consumer) {
        var partitions = consumer.assignment();
        var starts = consumer.beginningOffsets(partitions, ANSWER_MAX);
        var ends = consumer.endOffsets(partitions, ANSWER_MAX);
        var behind = new HashMap<String, Long>();
        consumer.committed(partitions, ANSWER_MAX)
                .forEach((partition, committed) -> behind.merge(
                        partition.topic(),
                        ends.get(partition) - (committed == null ? starts.get(partition) : committed.offset()),
                        Long::sum));
        return behind;
    }

    private void tell(List<Map<String, Long>> behind) {
        for (var kind : pipelines.kinds()) {
            var backlog = kind.backlog();
            backlog.measured(behind.stream()
                    .mapToLong(one -> one.getOrDefault(backlog.topic(), 0L))
                    .sum());
        }
    }
}

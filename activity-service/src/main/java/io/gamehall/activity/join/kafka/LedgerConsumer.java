package io.gamehall.activity.join.kafka;

import io.gamehall.activity.join.JoinMeters;
import io.gamehall.activity.join.Ledger;
import io.gamehall.activity.join.Ledger.Unacceptable;
import io.gamehall.activity.join.domain.Join;
import io.gamehall.activity.join.kafka.JoinRecords.Poison;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Writes joins from Kafka into the ledger, a batch at a time in multi-row statements. Offsets are committed after the
 * write (the completed {@code Uni} acknowledges the batch), so a crash repeats a batch, and a repeat changes nothing.
 * While the database or the dead-letter topic is away it tries again without end; records it can't use are put aside.
 */
@Singleton
class LedgerConsumer {
    private static final Logger LOG = Logger.getLogger(LedgerConsumer.class);
    private static final int ROWS_MAX = 1_000;
    private static final Duration BACK_OFF_MIN = Duration.ofMillis(200);
    private static final Duration BACK_OFF_MAX = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final DeadLetters deadLetters;
    private final JoinMeters meters;

    LedgerConsumer(Ledger ledger, DeadLetters deadLetters, JoinMeters meters) {
        this.ledger = ledger;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    /** A join and the record that it came in. */
    private record Entry(Join join, ConsumerRecord<byte[], byte[]> record) {}

    @Incoming("activity-joins")
    Uni<Void> write(ConsumerRecords<byte[], byte[]> batch) {
        meters.ledgerBusySince(oldest(batch));
        var entries = new ArrayList<Entry>(batch.count());
        var steps = new ArrayList<Uni<Void>>();
        for (var record : batch) {
            try {
                entries.add(new Entry(JoinRecords.read(record), record));
            } catch (Poison poison) {
                steps.add(persist(deadLetters.bury(record, poison.getMessage())));
            }
        }
        for (var from = 0; from < entries.size(); from += ROWS_MAX) {
            steps.add(write(entries.subList(from, Math.min(from + ROWS_MAX, entries.size()))));
        }
        return oneAfterAnother(steps).invoke(() -> meters.ledgerBusySince(0));
    }

    private static long oldest(ConsumerRecords<byte[], byte[]> batch) {
        var oldest = Long.MAX_VALUE;
        for (var record : batch) oldest = Math.min(oldest, record.timestamp());
        return oldest;
    }

    /** A row that the database refuses is found by halving, and put aside alone. */
    private Uni<Void> write(List<Entry> entries) {
        var joins = entries.stream().map(Entry::join).toList();
        return persist(ledger.write(joins).invoke(() -> meters.ledgerWritten(joins.size())))
                .onFailure(Unacceptable.class)
                .recoverWithUni(failure -> {
                    if (entries.size() == 1) {
                        return persist(deadLetters.bury(entries.getFirst().record(), failure.getMessage()));
                    }
                    var middle = entries.size() / 2;
                    return oneAfterAnother(
                            List.of(write(entries.subList(0, middle)), write(entries.subList(middle, entries.size()))));
                });
    }

    private static Uni<Void> persist(Uni<Void> step) {
        return step.onFailure(failure -> !(failure instanceof Unacceptable))
                .invoke(failure -> LOG.warnf("The ledger waits, and will try again: %s", failure))
                .onFailure(failure -> !(failure instanceof Unacceptable))
                .retry()
                .withBackOff(BACK_OFF_MIN, BACK_OFF_MAX)
                .indefinitely();
    }

    private static Uni<Void> oneAfterAnother(List<Uni<Void>> steps) {
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToUniAndConcatenate(step -> step)
                .collect()
                .last()
                .replaceWithVoid();
    }
}

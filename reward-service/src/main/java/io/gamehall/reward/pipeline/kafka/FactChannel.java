package io.gamehall.reward.pipeline.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.reward.pipeline.Progress;
import io.gamehall.reward.pipeline.RecordFacts;
import io.gamehall.reward.pipeline.domain.Fact;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * What happens to a polled batch of one kind of facts: decode, record in one transaction, tell the players, and only
 * then let the offsets be committed. A crash anywhere in between repeats the batch, which changes nothing but repeats
 * the notices (one of them may have been missing). A consumer's next batch starts when this one is through: that is the
 * back-pressure, and it keeps the facts of a player in order. Several consumers, each with partitions of its own, may
 * use one channel at once.
 *
 * @param <F> the facts
 * @param <E> what a fact does
 */
public final class FactChannel<F extends Fact, E> {
    private static final Logger LOG = Logger.getLogger(FactChannel.class);

    private final FactCodec<F, E> codec;
    private final RecordFacts<F, E> recordFacts;
    private final Outbox outbox;
    private final Progress progress;

    FactChannel(FactCodec<F, E> codec, RecordFacts<F, E> recordFacts, Outbox outbox, Progress progress) {
        this.codec = codec;
        this.recordFacts = recordFacts;
        this.outbox = outbox;
        this.progress = progress;
    }

    /** A fact with the record it came in. Compared by identity: two records may tell the same fact. */
    private record Received<F>(ConsumerRecord<byte[], byte[]> origin, F fact) {}

    private record Decoded<F>(List<Received<F>> received, List<DeadLetter> poison) {}

    /** Never fails; ends when the batch's effects stand and its notices and dead letters are safe in Kafka. */
    public Uni<Void> process(ConsumerRecords<byte[], byte[]> batch) {
        var work = progress.backlog().begin(oldestMs(batch));
        batch.partitions().stream().map(TopicPartition::topic).forEach(progress.backlog()::comesFrom);
        progress.polled(batch.count());
        var decoded = decode(batch);
        var facts = decoded.received().stream().map(Received::fact).toList();
        return recordFacts
                .record(facts)
                .chain(outcome -> publish(decoded, outcome))
                .onTermination()
                .invoke(() -> progress.backlog().end(work));
    }

    private static long oldestMs(ConsumerRecords<byte[], byte[]> batch) {
        var oldest = Long.MAX_VALUE;
        for (var received : batch) oldest = Math.min(oldest, received.timestamp());
        return oldest;
    }

    private Decoded<F> decode(ConsumerRecords<byte[], byte[]> batch) {
        var received = new ArrayList<Received<F>>(batch.count());
        var poison = new ArrayList<DeadLetter>();
        for (var origin : batch) {
            try {
                received.add(new Received<>(origin, decode(origin)));
            } catch (InvalidProtocolBufferException | IllegalArgumentException unreadable) {
                poison.add(new DeadLetter(origin, String.valueOf(unreadable.getMessage())));
            } catch (RuntimeException bug) {
                // Ours, not the sender's; but one record must not stop all others until somebody has found it.
                LOG.errorf(bug, "Can't decode a record of %s", origin.topic());
                poison.add(new DeadLetter(origin, "Decoding failed: " + bug));
            }
        }
        return new Decoded<>(received, poison);
    }

    private F decode(ConsumerRecord<byte[], byte[]> origin) throws InvalidProtocolBufferException {
        if (origin.value() == null) throw new IllegalArgumentException("The record has no value");
        var fact = codec.decode(origin.value(), DeadLetter.firstToldMs(origin));
        // The key chooses the partition, and so keeps a player's facts in order and in one consumer.
        var key = origin.key() == null ? "" : new String(origin.key(), StandardCharsets.US_ASCII);
        if (!key.equals(fact.recordKey())) {
            throw new IllegalArgumentException("The record's key is not '%s'".formatted(fact.recordKey()));
        }
        return fact;
    }

    private Uni<Void> publish(Decoded<F> decoded, RecordFacts.Outcome<F, E> outcome) {
        var now = System.currentTimeMillis();
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        var letters = new ArrayList<>(decoded.poison());
        var done = outcome.done().iterator();
        var refused = outcome.refused().iterator();
        // Both are in the order of the batch: each received fact is the next of one of them.
        var nextRefused = refused.hasNext() ? refused.next() : null;
        for (var received : decoded.received()) {
            if (nextRefused != null && nextRefused.fact() == received.fact()) {
                letters.add(new DeadLetter(received.origin(), nextRefused.cause()));
                nextRefused = refused.hasNext() ? refused.next() : null;
                continue;
            }
            var effect = done.next().effect();
            if (effect.fresh()) progress.visible(now - received.origin().timestamp());
            try {
                codec.notice(received.fact(), effect.what()).map(outbox::notice).ifPresent(records::add);
            } catch (RuntimeException bug) {
                LOG.errorf(
                        bug, "Can't tell of a record of %s", received.origin().topic());
                letters.add(new DeadLetter(received.origin(), "Recorded, but nobody was told: " + bug));
            }
        }
        for (var letter : letters) {
            progress.deadLetter(letter.origin(), letter.cause());
            records.add(letter.record());
        }
        return outbox.publish(records, progress);
    }
}

package io.gamehall.room.journal.kafka;

import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.room.journal.Positioned;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads every partition of the journal from its beginning and hands the records on, in order within each partition.
 * One thread of its own. A broker that is away is waited for; there is no failure that ends the reading but
 * {@link #close()}.
 */
public final class JournalFollower implements AutoCloseable {
    /** Kafka header that carries the writer's term, 8 bytes big endian. */
    public static final String TERM_HEADER = "term";

    /** Kafka header that carries what was answered to a request, see {@link JournalCodec#answer}. */
    public static final String ANSWER_HEADER = "answer";

    private static final Logger LOG = Logger.getLogger(JournalFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofMillis(200);
    /** How often is asked where the log ends: a round trip each. */
    private static final long MARK_NANOS = Duration.ofMillis(200).toNanos();

    private static final Duration MARK_MAX = Duration.ofMillis(500);
    private static final long COUNT_NANOS = Duration.ofMillis(100).toNanos();

    private final String topic;
    private final int partitions;
    private final Map<String, Object> settings;
    private final Reader reader;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private Mark mark;
    private long markedNanos = System.nanoTime() - MARK_NANOS;
    private long countedNanos = System.nanoTime() - COUNT_NANOS;
    private long writtenAtMs;
    private volatile long lastPollNanos = System.nanoTime();
    private volatile long recordsBehind;

    /** Where records go. Called on the follower's thread; may block, which slows the reading down. */
    public interface Reader {
        /**
         * The next records of a partition.
         *
         * @param nextOffset where reading goes on: everything before has been handed over
         */
        void read(int partition, List<Positioned> records, long nextOffset);

        /** Everything that stood in the journal when the follower started has been handed over. Called once. */
        void caughtUp();

        /** Whether {@link #upToDate} is to be told; each time costs a question to the brokers. */
        default boolean wantsUpToDate() {
            return false;
        }

        /**
         * Everything that stood in the journal at that moment has been handed over. A poll alone does not tell: it
         * returns also when the process was stopped, or can't reach the brokers, while others wrote.
         *
         * @param asOfNanos of {@link System#nanoTime()}
         */
        default void upToDate(long asOfNanos) {}
    }

    /** Where the log ended at a moment. */
    private record Mark(long atNanos, Map<TopicPartition, Long> ends) {}

    /**
     * @param settings of the Kafka consumer: at least {@code bootstrap.servers}
     * @param topic the journal's full name
     * @param partitions of the journal
     */
    public JournalFollower(Map<String, Object> settings, String topic, int partitions, Reader reader) {
        this.settings = settings;
        this.topic = topic;
        this.partitions = partitions;
        this.reader = reader;
        this.thread = Thread.ofPlatform().name("journal-follower").daemon().unstarted(this::follow);
    }

    public void start() {
        thread.start();
    }

    /** When the journal was polled last, by {@link System#nanoTime()}. Any thread. */
    public long lastPollNanos() {
        return lastPollNanos;
    }

    /** Records that the brokers were known to have, a moment ago, and that were not handed over yet. Any thread. */
    public long recordsBehind() {
        return recordsBehind;
    }

    /**
     * When the oldest of the records that are being handed over was written, in milliseconds since 1970, by its writer's
     * clock. In {@link Reader#read} only.
     */
    public long writtenAtMs() {
        return writtenAtMs;
    }

    /** Stops reading and waits for the thread, at most five seconds. */
    @Override
    public void close() {
        closed.set(true);
        var open = consumer;
        if (open != null) open.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        var all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try (var opened = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer = opened;
            opened.assign(all);
            opened.seekToBeginning(all);
            var ends = retrying(() -> opened.endOffsets(all));
            var behind = all.stream().filter(it -> ends.get(it) > 0).collect(Collectors.toSet());
            if (behind.isEmpty()) reader.caughtUp();
            while (!closed.get()) {
                poll(opened);
                if (reader.wantsUpToDate()) mark(opened, all);
                if (!behind.isEmpty()
                        && behind.removeIf(it -> retrying(() -> opened.position(it)) >= ends.get(it))
                        && behind.isEmpty()) {
                    reader.caughtUp();
                }
            }
        } catch (WakeupException | InterruptException stop) {
            if (!closed.get()) LOG.error("The journal is no longer followed", stop);
        } catch (RuntimeException bug) {
            LOG.fatal("The journal is no longer followed", bug);
        }
    }

    private void poll(KafkaConsumer<byte[], byte[]> opened) {
        var polled = retrying(() -> opened.poll(POLL));
        lastPollNanos = System.nanoTime();
        for (var partition : polled.partitions()) {
            var records = new ArrayList<Positioned>();
            for (var record : polled.records(partition)) records.add(new Positioned(record.offset(), decode(record)));
            writtenAtMs = polled.records(partition).getFirst().timestamp();
            reader.read(partition.partition(), records, opened.position(partition));
        }
        countBehind(opened);
    }

    /** As the last fetches told; asks nobody. */
    private void countBehind(KafkaConsumer<byte[], byte[]> opened) {
        if (lastPollNanos - countedNanos < COUNT_NANOS) return;
        countedNanos = lastPollNanos;
        long behind = 0;
        for (var partition : opened.assignment())
            behind += opened.currentLag(partition).orElse(0);
        recordsBehind = behind;
    }

    private void mark(KafkaConsumer<byte[], byte[]> opened, List<TopicPartition> all) {
        long now = System.nanoTime();
        if (mark == null && now - markedNanos >= MARK_NANOS) {
            markedNanos = now;
            try {
                mark = new Mark(now, opened.endOffsets(all, MARK_MAX));
            } catch (WakeupException | InterruptException stop) {
                throw stop;
            } catch (KafkaException away) {
                LOG.debug("The end of the journal is not known", away);
            }
        }
        var reached = mark;
        if (reached == null
                || !all.stream()
                        .allMatch(it -> opened.position(it) >= reached.ends().get(it))) return;
        mark = null;
        reader.upToDate(reached.atNanos());
    }

    private <T> T retrying(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (WakeupException | InterruptException stop) {
                throw stop;
            } catch (KafkaException away) {
                if (closed.get()) throw new WakeupException();
                LOG.warnf("The journal can't be read, trying again: %s", away.getMessage());
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private static JournalRecord decode(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(TERM_HEADER);
        if (record.key() == null || header == null || header.value().length != Long.BYTES) {
            return new JournalRecord(0, "", new JournalRecord.Content.Unreadable("No key or no term"));
        }
        var key = new String(record.key(), StandardCharsets.UTF_8);
        var answer = record.headers().lastHeader(ANSWER_HEADER);
        return new JournalRecord(
                ByteBuffer.wrap(header.value()).getLong(),
                key,
                JournalCodec.decode(key, Optional.ofNullable(record.value())),
                answer == null ? Optional.empty() : JournalCodec.answer(answer.value()));
    }
}

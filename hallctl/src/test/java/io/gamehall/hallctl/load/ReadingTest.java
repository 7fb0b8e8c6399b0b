package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final TopicPartition PLACE = new TopicPartition("letters", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Long> read = new ArrayList<>();

    @BeforeEach
    void threeRecords() {
        consumer.assign(List.of(PLACE));
        consumer.updateBeginningOffsets(Map.of(PLACE, 0L));
        for (int offset = 0; offset < 3; offset++) {
            consumer.addRecord(new ConsumerRecord<>(PLACE.topic(), 0, offset, new byte[0], new byte[0]));
        }
    }

    @Test
    void it_ends_where_the_topic_ended() {
        read(2, 10);

        assertThat(read).containsExactly(0L, 1L);
    }

    @Test
    void who_reads_on_is_told_what_comes_behind_the_end_too() {
        new Reading(Duration.ofSeconds(60)).readOn(consumer, Map.of(PLACE, 2L), record -> read.add(record.offset()));

        assertThat(read).containsExactly(0L, 1L, 2L);
    }

    @Test
    void it_ends_when_enough_was_read() {
        read(3, 2);

        assertThat(read).containsExactly(0L, 1L);
    }

    @Test
    void it_does_not_wait_for_ever_for_what_does_not_come() {
        assertThatThrownBy(() -> read(4, 10)).isInstanceOf(TimeoutException.class);
        assertThat(read).hasSize(3);
    }

    private void read(long end, int max) {
        new Reading(Duration.ofMillis(1)).read(consumer, Map.of(PLACE, end), record -> {
            read.add(record.offset());
            return read.size() < max;
        });
    }
}

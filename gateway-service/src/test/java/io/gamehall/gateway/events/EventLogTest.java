package io.gamehall.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.events.EventLog.Appended;
import io.gamehall.gateway.events.PlayerEvent.Noticed;
import io.gamehall.gateway.events.PlayerEvent.StreamEnded;
import io.gamehall.gateway.events.PlayerEvent.Welcomed;
import io.gamehall.platform.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final int EVENTS_MAX = 4;
    private static final int BYTES_MAX = 20_000;
    private static final int BYTES_MAX_ALL = 60_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final EventMemory memory = new EventMemory(EVENTS_MAX, BYTES_MAX, BYTES_MAX_ALL, Duration.ofSeconds(30));
    private final PlayerStream stream = stream(1);

    @Test
    void events_are_numbered_and_read_in_order() {
        var log = begun();
        log.append(notice(10), 0);

        assertThat(log.next(stream(1))).as("who does not read it").isEmpty();
        assertThat(read(log, stream)).containsExactly(1L, 2L);
        assertThat(log.next(stream)).isEmpty();
    }

    @Test
    void what_was_sent_is_forgotten_before_what_waits() {
        var log = begun();
        for (int i = 0; i < 10; i++) {
            assertThat(log.append(notice(10), 0)).isEqualTo(Appended.WAITS);
            read(log, stream);
        }

        assertThat(log.resume(stream, new Resume("id", 6), welcome())).isFalse();
        assertThat(log.resume(stream, new Resume("id", 7), welcome())).isTrue();
        assertThat(read(log, stream)).containsExactly(7L, 8L, 9L, 10L, 11L);
    }

    @Test
    void a_reader_that_lets_too_many_or_too_large_events_wait_overflows() {
        var many = begun();
        read(many, stream);
        for (int i = 0; i < EVENTS_MAX; i++)
            assertThat(many.append(notice(10), 0)).isEqualTo(Appended.WAITS);
        assertThat(many.append(notice(10), 0)).isEqualTo(Appended.OVERFLOWED);

        var large = begun();
        read(large, stream);
        assertThat(large.append(notice(BYTES_MAX * 2), 0)).as("one alone may").isEqualTo(Appended.WAITS);
        assertThat(large.append(notice(10), 0)).isEqualTo(Appended.OVERFLOWED);
        assertThat(memory.used()).isZero();
    }

    @Test
    void after_an_overflow_it_takes_nothing_until_it_begins_anew() {
        var log = overflowed(SECOND);

        assertThat(log.append(notice(10), SECOND)).isEqualTo(Appended.IGNORED);
        assertThat(log.resume(stream, new Resume("id", 1), welcome())).isFalse();
        assertThat(log.isStuck(3 * SECOND, SECOND)).isTrue();
        assertThat(log.takeReadOn(stream)).isTrue();
        assertThat(log.takeReadOn(stream)).as("once").isFalse();
        assertThat(log.isStuck(3 * SECOND, SECOND)).isFalse();

        log.begin(stream, "new", List.of(welcome()), 2 * SECOND);
        log.append(notice(10), 2 * SECOND);
        assertThat(read(log, stream)).containsExactly(1L, 2L);
    }

    @Test
    void an_overflow_soon_after_another_is_told_apart_from_a_later_one() {
        var soon = overflowed(SECOND);
        soon.begin(stream, "new", List.of(welcome()), 2 * SECOND);
        assertThat(flood(soon, 20 * SECOND)).isEqualTo(Appended.OVERFLOWED_AGAIN);

        var later = overflowed(SECOND);
        later.begin(stream, "new", List.of(welcome()), 2 * SECOND);
        assertThat(flood(later, 32 * SECOND)).isEqualTo(Appended.OVERFLOWED);
    }

    @Test
    void for_a_client_that_is_away_the_last_events_are_kept() {
        var log = begun();
        read(log, stream);
        log.leave(stream, SECOND);
        for (int i = 0; i < 3; i++) assertThat(log.append(notice(10), SECOND)).isEqualTo(Appended.KEPT);

        assertThat(log.closeIfAway(2 * SECOND, SECOND)).isFalse();
        var back = stream(1);
        assertThat(log.resume(back, new Resume("id", 1), welcome())).isTrue();
        assertThat(read(log, back)).containsExactly(1L, 2L, 3L, 4L);

        log.leave(back, SECOND);
        for (int i = 0; i < 10; i++) log.append(notice(10), SECOND);
        assertThat(log.resume(back, new Resume("id", 4), welcome())).isFalse();
    }

    @Test
    void a_log_is_either_gone_on_with_or_given_up() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 2_000; i++) {
                var log = begun();
                read(log, stream);
                log.leave(stream, SECOND);
                var resumed = threads.submit(() -> log.resume(stream(1), new Resume("id", 1), welcome()));
                var closed = threads.submit(() -> log.closeIfAway(3 * SECOND, SECOND));

                assertThat(closed.get()).isNotEqualTo(resumed.get());
                assertThat(log.append(notice(10), 3 * SECOND))
                        .isEqualTo(resumed.get() ? Appended.WAITS : Appended.IGNORED);
            }
        }
    }

    @Test
    void another_session_of_the_player_can_not_go_on() {
        var log = begun();
        read(log, stream);

        assertThat(log.resume(stream(2), new Resume("id", 1), welcome())).isFalse();
    }

    @Test
    void what_was_sent_long_ago_is_forgotten_and_what_waits_is_not() {
        var log = begun();
        log.append(notice(10), 1);
        read(log, stream);
        log.append(notice(10), 2);

        log.forgetBefore(5);

        assertThat(log.resume(stream, new Resume("id", 1), welcome())).isFalse();
        assertThat(read(log, stream)).containsExactly(3L);
    }

    @Test
    void all_together_are_bounded_too() {
        var logs = new ArrayList<EventLog>();
        for (int i = 0; i < 20; i++) {
            var log = begun();
            for (int k = 0; k < 3; k++) log.append(notice(5_000), 0);
            read(log, stream);
            log.append(notice(5_000), 0);
            logs.add(log);
        }

        assertThat(memory.used()).isLessThan(BYTES_MAX_ALL + 20 * 8_192L);
        logs.forEach(EventLog::close);
        assertThat(memory.used()).isZero();
    }

    @Test
    void an_idle_log_holds_nothing() {
        var log = begun();
        assertThat(memory.used()).isPositive();

        read(log, stream);

        assertThat(memory.used()).isZero();
    }

    private EventLog begun() {
        var log = new EventLog(1, memory);
        log.begin(stream, "id", List.of(welcome()), 0);
        return log;
    }

    private EventLog overflowed(long nowNanos) {
        var log = begun();
        read(log, stream);
        assertThat(flood(log, nowNanos)).isEqualTo(Appended.OVERFLOWED);
        return log;
    }

    private static Appended flood(EventLog log, long nowNanos) {
        for (int i = 0; i < EVENTS_MAX; i++) {
            var appended = log.append(notice(10), nowNanos);
            if (appended != Appended.WAITS) return appended;
        }
        return log.append(notice(10), nowNanos);
    }

    private static List<Long> read(EventLog log, PlayerStream stream) {
        var read = new ArrayList<Long>();
        for (var next = log.next(stream); next.isPresent(); next = log.next(stream)) {
            read.add(next.get().sequence());
        }
        return read;
    }

    private static Welcomed welcome() {
        return new Welcomed(List.of(), "id", false);
    }

    private static Noticed notice(int bytes) {
        return new Noticed(new byte[bytes]);
    }

    private static PlayerStream stream(long generation) {
        var ticket = new Ticket(7, "anna", "here", generation, Set.of(), Instant.EPOCH, Instant.MAX);
        return new PlayerStream(ticket, new Resume("", 0), new Outlet() {
            @Override
            public void wake() {}

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public boolean end(StreamEnded last) {
                return true;
            }
        });
    }
}

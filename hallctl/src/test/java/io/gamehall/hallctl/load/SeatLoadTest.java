package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.v1.EnterReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeatLoadTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ExecutorService server = Executors.newSingleThreadExecutor();
    private final Room room = new Room();

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void players_take_turns_and_each_has_one_call_on_its_way_at_most() {
        try (var load = new SeatLoad(room, players(20))) {
            var tally = load.runClosed(SHORT, 5);

            assertThat(tally.errors()).isZero();
            assertThat(tally.count()).isGreaterThan(40).isEqualTo(room.answered.get());
            assertThat(room.atOnceMax.get()).isBetween(1, 5);
            assertThat(room.overtaken.get()).isZero();
            assertThat(room.seen).hasSize(20);
            assertThat(tally.perSecond()).isPositive();
        }
    }

    @Test
    void a_paced_load_starts_as_many_calls_as_are_due() {
        try (var load = new SeatLoad(room, players(50))) {
            var tally = load.runPaced(Duration.ofMillis(500), 400);

            assertThat(tally.count()).isBetween(150L, 202L).isEqualTo(room.answered.get());
            assertThat(tally.errors()).isZero();
        }
    }

    @Test
    void calls_that_a_stalled_server_kept_from_starting_count_in_the_latency() throws Exception {
        room.silent = true;
        try (var load = new SeatLoad(room, players(2))) {
            var run = Executors.newSingleThreadExecutor().submit(() -> load.runPaced(Duration.ofMillis(400), 100));
            // Both players wait for their answers, and more calls fall due until the run's time is over.
            while (room.waiting.size() < 2) Thread.onSpinWait();
            long over = System.nanoTime() + Duration.ofMillis(600).toNanos();
            while (System.nanoTime() < over) Thread.onSpinWait();
            room.speak();
            var tally = run.get();

            assertThat(tally.count()).isEqualTo(2);
            assertThat(tally.recorded()).isEqualTo(41);
        }
    }

    @Test
    void a_refusal_for_want_of_a_seat_is_counted_apart_from_errors() {
        room.refusal = Optional.of(refused("NO_FREE_SEAT"));
        try (var load = new SeatLoad(room, players(4))) {
            var tally = load.runClosed(SHORT, 1);

            assertThat(tally.withoutSeat()).isPositive();
            assertThat(tally.errors()).isZero();
            assertThat(tally.count()).isZero();
        }
    }

    @Test
    void a_load_that_only_fails_ends_before_its_time() {
        room.refusal = Optional.of(refused("NOT_IN_ROOM"));
        try (var load = new SeatLoad(room, players(4))) {
            var tally = load.runClosed(Duration.ofMinutes(5), 4);

            assertThat(tally.errors()).isGreaterThan(1_000);
            assertThat(tally.details()).containsKey("NOT_IN_ROOM");
        }
    }

    @Test
    void what_passes_by_itself_is_repeated_with_the_same_request_id_until_it_is_answered() {
        room.away = new AtomicInteger(3);
        try (var load = new SeatLoad(room, players(1))) {
            var tally = load.runClosed(SHORT, 1);

            assertThat(tally.repeated()).isEqualTo(3);
            assertThat(tally.errors()).isZero();
            assertThat(tally.count()).isPositive();
            assertThat(room.firstRequestIds).hasSize(1);
        }
    }

    private static Refused refused(String reason) {
        return new Refused(reason, Map.of(), Optional.of(Duration.ofMillis(1)), "by the test");
    }

    private static List<Player> players(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Player(number + 1, number, "upgrade-001", ""))
                .toList();
    }

    /** A room that seats everybody, on a thread of its own. */
    private final class Room implements RoomCalls {
        final Set<Long> seen = ConcurrentHashMap.newKeySet();
        final Set<String> firstRequestIds = ConcurrentHashMap.newKeySet();
        final Set<Long> seated = ConcurrentHashMap.newKeySet();
        final Set<Long> asking = ConcurrentHashMap.newKeySet();
        final java.util.Queue<Runnable> waiting = new java.util.concurrent.ConcurrentLinkedQueue<>();
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger atOnceMax = new AtomicInteger();
        final AtomicInteger overtaken = new AtomicInteger();
        final AtomicInteger answered = new AtomicInteger();
        AtomicInteger away = new AtomicInteger();
        volatile Optional<Refused> refusal = Optional.empty();
        volatile boolean silent;

        @Override
        public void quickJoin(Player player, String requestId, Answer.Sink<Void> done) {
            ask(player, requestId, done, seated.add(player.id()));
        }

        @Override
        public void stand(Player player, String requestId, Answer.Sink<Void> done) {
            ask(player, requestId, done, seated.remove(player.id()));
        }

        private void ask(Player player, String requestId, Answer.Sink<Void> done, boolean inTurn) {
            seen.add(player.id());
            if (!inTurn && away.get() == 0 && refusal.isEmpty()) overtaken.incrementAndGet();
            if (!asking.add(player.id())) overtaken.incrementAndGet();
            atOnceMax.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            Runnable reply = () -> {
                atOnce.decrementAndGet();
                asking.remove(player.id());
                done.answered(answer(player, requestId));
            };
            if (silent) waiting.add(reply);
            else server.execute(reply);
        }

        private Answer<Void> answer(Player player, String requestId) {
            if (refusal.isPresent()) {
                seated.remove(player.id());
                return new Answer.Not<>(refusal.get());
            }
            if (away.get() > 0) {
                away.decrementAndGet();
                firstRequestIds.add(requestId);
                seated.remove(player.id());
                return new Answer.Not<>(refused("OWNER_UNAVAILABLE"));
            }
            answered.incrementAndGet();
            return new Answer.Given<>(null);
        }

        void speak() {
            silent = false;
            for (var reply = waiting.poll(); reply != null; reply = waiting.poll()) server.execute(reply);
        }

        @Override
        public void enter(Player player, String requestId, Answer.Sink<EnterReply> done) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void autoEnter(Player player, String game, String requestId, Answer.Sink<EnterReply> done) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void leave(Player player, String requestId, Answer.Sink<Void> done) {
            throw new UnsupportedOperationException();
        }
    }
}

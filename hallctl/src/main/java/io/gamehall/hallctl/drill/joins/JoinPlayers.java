package io.gamehall.hallctl.drill.joins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamehall.hallctl.drill.history.Span;
import io.gamehall.hallctl.drill.joins.JoinCall.Outcome;
import io.gamehall.hallctl.drill.joins.JoinCall.Told;
import io.gamehall.hallctl.load.Activities;
import io.gamehall.hallctl.load.PlainHttp;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Players who come one after the other over a bounded number of connections: each joins every activity, asks again until
 * it is answered, and now and then once more, to see that it is told the same. All calls are recorded.
 */
final class JoinPlayers implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long RETRY_MS = 100;
    private static final int ONCE_MORE_PERCENT = 10;
    /** From the end of the load until the last call is answered. */
    private static final long FINISH_SECONDS_MAX = 60;
    /** Whether these were decided is not known, or they were not: ask again. */
    private static final Set<String> PUTS_OFF =
            Set.of("DEPENDENCY_UNAVAILABLE", "OVERLOADED", "TOO_FAST", "ACTIVITY_BUSY", "ACTIVITY_SUSPENDED");

    private final List<String> services;
    private final List<String> activities;
    private final LongFunction<String> tokens;
    private final long firstPlayer;
    private final JoinHistory history;
    private final SplittableRandom random;
    private final AtomicLong arrived = new AtomicLong();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("drill-joiner-", 0).factory());
    private volatile boolean over;
    private volatile boolean givenUp;

    /**
     * @param services {@code host:port} of each activity-service
     * @param activities that each player joins, in this order
     * @param tokens of the players
     * @param firstPlayer the next ones have the next ids
     */
    JoinPlayers(
            List<String> services,
            List<String> activities,
            LongFunction<String> tokens,
            long firstPlayer,
            JoinHistory history,
            long seed) {
        this.services = services;
        this.activities = activities;
        this.tokens = tokens;
        this.firstPlayer = firstPlayer;
        this.history = history;
        this.random = new SplittableRandom(seed);
    }

    /** @param pauseMs between two players of one connection */
    void start(int connections, int playersMax, int pauseMs) {
        for (int number = 0; number < connections; number++) {
            int mine = number;
            var own = random.split();
            threads.execute(() -> come(mine, playersMax, pauseMs, own));
        }
    }

    private void come(int number, int playersMax, int pauseMs, SplittableRandom own) {
        int turn = number;
        var http = new PlainHttp(services.get(turn % services.size()), null, TIMEOUT);
        try {
            for (long place = arrived.getAndIncrement();
                    !over && !history.isFull() && place < playersMax;
                    place = arrived.getAndIncrement()) {
                long player = firstPlayer + place;
                var token = tokens.apply(player);
                for (var activity : activities) {
                    int times = own.nextInt(100) < ONCE_MORE_PERCENT ? 2 : 1;
                    while (times > 0 && !givenUp) {
                        if (ask(http, player, token, activity).isAnswered()) {
                            times--;
                            continue;
                        }
                        Thread.sleep(RETRY_MS);
                        // What does not answer is left for the next process.
                        http.close();
                        http = new PlainHttp(services.get(++turn % services.size()), null, TIMEOUT);
                    }
                }
                Thread.sleep(own.nextInt(2 * pauseMs + 1));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
        }
    }

    private JoinCall ask(PlainHttp http, long player, String token, String activity) {
        long startMs = System.currentTimeMillis();
        long startNanos = System.nanoTime();
        Outcome outcome;
        Told told = null;
        String reason = "";
        try {
            var reply = http.exchange("POST", Activities.joinPath(activity), token);
            var body = json(reply.body());
            reason = body.path("code").asText("");
            outcome = outcome(reply.status(), reason);
            if (outcome == Outcome.GRANTED || outcome == Outcome.REPEATED) {
                told = new Told(
                        body.path("ordinal").asInt(), body.path("joined_at_ms").asLong());
            } else if (outcome == Outcome.FAILED) {
                reason = "HTTP " + reply.status() + " " + reason;
            }
        } catch (SocketTimeoutException silent) {
            outcome = Outcome.FAILED;
            reason = "no answer";
        } catch (IOException broken) {
            outcome = Outcome.FAILED;
            reason = "cut off";
        }
        var span = new Span(startMs, System.currentTimeMillis(), startNanos, System.nanoTime());
        var call = new JoinCall(player, activity, span, outcome, told, reason);
        history.record(call);
        return call;
    }

    private static Outcome outcome(int status, String reason) {
        return switch (status) {
            case 201 -> Outcome.GRANTED;
            case 200 -> Outcome.REPEATED;
            default -> {
                if (PUTS_OFF.contains(reason)) yield Outcome.PUT_OFF;
                yield status / 100 == 4 && !reason.isEmpty() ? Outcome.REFUSED : Outcome.FAILED;
            }
        };
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JSON.createObjectNode();
        }
    }

    /** Players that have come. */
    long arrived() {
        return arrived.get();
    }

    /** Nobody comes any more; returns when all who have come are answered. */
    void stop() throws InterruptedException {
        over = true;
        threads.shutdown();
        if (threads.awaitTermination(FINISH_SECONDS_MAX, TimeUnit.SECONDS)) return;
        givenUp = true;
        threads.awaitTermination(2 * TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        over = true;
        givenUp = true;
        threads.shutdownNow();
    }
}

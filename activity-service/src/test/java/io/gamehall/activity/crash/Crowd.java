package io.gamehall.activity.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamehall.platform.testing.TestTickets;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Players who each ask for one join until they know whether they have it, whatever happens meanwhile; new ones come
 * until the activity is sold out.
 */
final class Crowd implements AutoCloseable {
    private static final int PLAYERS_AT_ONCE = 8;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CrashHall hall;
    private final String activity;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService players = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong ids = new AtomicLong(9L << 40);
    private final Map<Long, String> joined = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Crowd(CrashHall hall, String activity) {
        this.hall = hall;
        this.activity = activity;
    }

    Crowd begin() {
        for (var line = 0; line < PLAYERS_AT_ONCE; line++) {
            players.submit(() -> {
                while (!closed && player(ids.incrementAndGet())) continue;
                return null;
            });
        }
        return this;
    }

    /** The players who were told that they have joined, and the id of their joins. */
    Map<Long, String> joined() {
        return Map.copyOf(joined);
    }

    /** How often that was the reason. */
    int refusals(String code) {
        return refusals.getOrDefault(code, new AtomicInteger()).get();
    }

    /** Returns when all know what has become of them. */
    void awaitSoldOut(Duration max) throws InterruptedException {
        players.shutdown();
        if (!players.awaitTermination(max.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Not sold out in " + max + ": " + joined.size() + " joined, " + refusals);
        }
    }

    /** What is answered to a player who asks once. */
    HttpResponse<String> ask(long player) throws IOException, InterruptedException {
        var token = TestTickets.ofRegion(hall.cell.cell(), player, "player");
        return http.send(
                HttpRequest.newBuilder(hall.uri("/api/activities/" + activity + "/joins"))
                        .timeout(Duration.ofSeconds(15))
                        .header("authorization", "Bearer " + token)
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        closed = true;
        players.shutdownNow();
        http.close();
    }

    /** False when there is nothing left to ask for. */
    private boolean player(long id) throws InterruptedException {
        while (!closed) {
            try {
                var answer = ask(id);
                var json = JSON.readTree(answer.body());
                switch (answer.statusCode()) {
                    case 200, 201 -> {
                        joined.put(id, json.path("join_id").asText());
                        return true;
                    }
                    default -> {
                        var code = json.path("code").asText();
                        refusals.computeIfAbsent(code, reason -> new AtomicInteger())
                                .incrementAndGet();
                        if (code.equals("SOLD_OUT")) return false;
                    }
                }
            } catch (IOException killed) {
                refusals.computeIfAbsent("no answer", reason -> new AtomicInteger())
                        .incrementAndGet();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }
}

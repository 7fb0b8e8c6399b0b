package io.gamehall.hallctl.drill.rewards;

import io.gamehall.hallctl.drill.hall.DrillHall;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.process.Stopper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a fault of rewards works on: a hall to which facts are told all the time.
 *
 * @param poison of the drill of that name; empty otherwise
 * @param say prints a line
 */
record RewardScene(DrillHall hall, FactLoad load, PoisonPile poison, Consumer<String> say) {
    private static final long LOOK_MS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;

    /** What reward-service says of itself; the body is empty if it does not answer. */
    record Readiness(boolean ready, String body) {}

    /**
     * Waits until players are told of facts anew.
     *
     * @param sinceNanos {@link System#nanoTime()}
     * @return false: they are not within that time
     */
    boolean awaitEffects(long sinceNanos, long secondsMax) {
        return await(() -> load.heard().hasFreshSince(sinceNanos), secondsMax);
    }

    /** @return false: it is not so within that time */
    boolean await(BooleanSupplier so, long secondsMax) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) return false;
            Stopper.pause(LOOK_MS);
        }
        return true;
    }

    Readiness readiness() {
        var address = hall.addresses(Service.REWARD).getFirst();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + "/q/health/ready"))
                            .timeout(TIMEOUT)
                            .build(),
                    BodyHandlers.ofString());
            return new Readiness(answer.statusCode() == OK, answer.body());
        } catch (IOException away) {
            return new Readiness(false, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Readiness(false, "");
        }
    }
}

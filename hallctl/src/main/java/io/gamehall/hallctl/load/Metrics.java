package io.gamehall.hallctl.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** What a service counts of itself, as Prometheus reads it, at one moment. */
public record Metrics(List<String> lines) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    public Metrics {
        lines = List.copyOf(lines);
    }

    /** @param address {@code host:port} of a service */
    public static Metrics of(String address) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + "/q/metrics"))
                            .timeout(TIMEOUT)
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != OK) throw new IOException(address + " tells no metrics: " + answer.statusCode());
            return new Metrics(answer.body().lines().toList());
        }
    }

    /** A metric over all of its tags; 0 if it is not there. */
    public double sum(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}

package io.gamehall.hallctl.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** REST calls with a session token. Blocks the calling (virtual) thread; any thread. */
final class Rest implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .executor(task -> Thread.ofVirtual().name("http").start(task))
            .build();

    JsonNode get(String url, String token) throws TroubleException, InterruptedException {
        return send(request(url, token).GET().build());
    }

    JsonNode post(String url, String token) throws TroubleException, InterruptedException {
        return send(
                request(url, token).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    private static HttpRequest.Builder request(String url, String token) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Caller.DEADLINE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/problem+json");
    }

    private JsonNode send(HttpRequest request) throws TroubleException, InterruptedException {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new TroubleException(problem(response));
            }
            return JSON.readTree(response.body());
        } catch (HttpTimeoutException e) {
            throw new TroubleException(nothing("TIMEOUT", false, request, e));
        } catch (JsonProcessingException e) {
            throw new TroubleException(Trouble.broken(request.uri() + " answered what is not JSON"));
        } catch (IOException e) {
            throw new TroubleException(nothing("UNREACHABLE", true, request, e));
        }
    }

    private static Trouble problem(HttpResponse<String> response) {
        return new Trouble(
                code(response.body()),
                "HTTP " + response.statusCode(),
                false,
                response.uri() + ": "
                        + response.body().strip().lines().findFirst().orElse(""),
                response.headers()
                        .firstValue("Retry-After")
                        .filter(value -> value.matches("\\d{1,4}"))
                        .map(value -> Duration.ofSeconds(Integer.parseInt(value))),
                Map.of());
    }

    private static Optional<String> code(String body) {
        try {
            var code = JSON.readTree(body).path("code").asText("");
            return code.isEmpty() ? Optional.empty() : Optional.of(code);
        } catch (JsonProcessingException notAProblem) {
            return Optional.empty();
        }
    }

    private static Trouble nothing(String status, boolean unreachable, HttpRequest request, IOException e) {
        return new Trouble(Optional.empty(), status, unreachable, request.uri() + ": " + e, Optional.empty(), Map.of());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

package io.gamehall.hallctl.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The activities of a load: made through the administrators' API, and looked up in the ledger afterwards. Confined to one
 * thread, which it blocks.
 */
public final class Activities implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long FOREVER_MS = 4_102_444_800_000L;
    private static final int CREATED = 201;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String service;
    private final String adminToken;
    private final Database database;

    /**
     * @param service {@code host:port} of an activity-service
     * @param adminToken of an administrator
     * @param database the cell's, closed with this
     */
    public Activities(String service, String adminToken, Database database) {
        this.service = service;
        this.adminToken = adminToken;
        this.database = database;
    }

    /** The path at which an activity is joined. */
    public static String joinPath(String activity) {
        return "/api/activities/" + activity + "/joins";
    }

    /** Makes an activity that is open, one join for each player. @param shards if it is to say how many */
    public void create(String activity, long quota, OptionalInt shards) throws IOException, InterruptedException {
        ObjectNode definition = JSON.createObjectNode()
                .put("id", activity)
                .put("name", "Load " + activity)
                .put("quota", quota)
                .put("opens_at_ms", 0)
                .put("closes_at_ms", FOREVER_MS);
        definition
                .putObject("reward")
                .put("kind", "points")
                .put("name", "points")
                .put("amount", 1);
        shards.ifPresent(number -> definition.put("shards", number));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://" + service + "/api/activities"))
                        .timeout(TIMEOUT)
                        .header("authorization", "Bearer " + adminToken)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(definition.toString()))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != CREATED) {
            throw new IOException("The activity could not be made: HTTP " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Rows of an activity in the ledger. */
    public long rows(String activity) throws SQLException {
        try (var select =
                database.connection().prepareStatement("SELECT COUNT(*) FROM activity_join WHERE activity_id = ?")) {
            select.setString(1, activity);
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Where the ledger is. */
    public Database database() {
        return database;
    }

    @Override
    public void close() throws SQLException {
        http.close();
        database.close();
    }
}

package io.gamehall.hallctl.prepare;

import java.sql.SQLException;

/** The activity that a new hall on a laptop offers, so that there is something to join. Never changes an edited one. */
public record WelcomeActivity(Schema schema) {
    private static final String CONFIG = """
            {"quota":1000000,"opens_at_ms":0,"closes_at_ms":4102444800000,"per_player":1,\
            "reward":{"kind":"points","name":"points","amount":100}}""";

    public void offer(String cell) throws SQLException {
        try (var connection = schema.connect(Schema.database(cell));
                var insert = connection.prepareStatement(
                        "INSERT IGNORE INTO activity (activity_id, name, config, version) VALUES (?, ?, ?, 1)")) {
            insert.setString(1, "welcome");
            insert.setString(2, "Welcome gift");
            insert.setString(3, CONFIG);
            insert.executeUpdate();
        }
    }
}

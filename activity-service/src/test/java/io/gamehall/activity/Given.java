package io.gamehall.activity;

import static io.restassured.RestAssured.given;

import io.gamehall.platform.testing.TestTickets;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.concurrent.atomic.AtomicLong;

/** Beginnings of tests through REST. */
public final class Given {
    private static final AtomicLong PLAYERS = new AtomicLong((7L << 40) + System.nanoTime() % 1_000_000_000);

    private Given() {}

    /** A player that no other test knows. */
    public static long newPlayer() {
        return PLAYERS.incrementAndGet();
    }

    public static RequestSpecification player(long id) {
        return bearer(TestTickets.player(id));
    }

    public static RequestSpecification admin() {
        return bearer(TestTickets.admin());
    }

    public static RequestSpecification bearer(String token) {
        return given().header("authorization", "Bearer " + token);
    }

    /** An activity that is open, with members that differ from the usual: {@code "quota":5}. Gives its id. */
    public static String activity(String name, String... members) {
        var id = name + "-" + Long.toString(System.nanoTime(), 36);
        admin().contentType(ContentType.JSON)
                .body(definition(id, members))
                .post("/api/activities")
                .then()
                .statusCode(201);
        return id;
    }

    public static String definition(String id, String... members) {
        var all = new java.util.LinkedHashMap<String, String>();
        all.put("id", "\"" + id + "\"");
        all.put("name", "\"An activity\"");
        all.put("quota", "100");
        all.put("opens_at_ms", "0");
        all.put("closes_at_ms", "4102444800000");
        all.put("reward", "{\"kind\":\"points\",\"name\":\"points\",\"amount\":100}");
        for (var member : members) {
            var colon = member.indexOf(':');
            all.put(member.substring(1, colon - 1), member.substring(colon + 1));
        }
        return all.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    public static ValidatableResponse join(long player, String activity) {
        return player(player).post("/api/activities/" + activity + "/joins").then();
    }
}

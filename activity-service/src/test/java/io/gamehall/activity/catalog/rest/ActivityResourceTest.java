package io.gamehall.activity.catalog.rest;

import static io.gamehall.activity.Given.activity;
import static io.gamehall.activity.Given.admin;
import static io.gamehall.activity.Given.definition;
import static io.gamehall.activity.Given.join;
import static io.gamehall.activity.Given.newPlayer;
import static io.gamehall.activity.Given.player;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamehall.platform.Problem;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
class ActivityResourceTest {
    private static final String ACTIVITIES = "/api/activities";

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    ActivityAdminResource resource;

    @Test
    void an_activity_shows_its_terms_status_and_what_remains() {
        var id = activity("shown", "\"quota\":2");
        join(newPlayer(), id).statusCode(201);

        Awaitility.await().untilAsserted(() -> read(id).then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("status", equalTo("open"))
                .body("remaining", equalTo(1))
                .body("quota", equalTo(2))
                .body("per_player", equalTo(1))
                .body("reward.kind", equalTo("points")));
        join(newPlayer(), id).statusCode(201);
        Awaitility.await().untilAsserted(() -> read(id).then().body("status", equalTo("sold_out")));
    }

    @Test
    void pages_follow_each_other_through_all_activities() {
        var ids = new ArrayList<String>();
        for (var index = 0; index < 3; index++) ids.add(activity("paged"));
        var seen = new ArrayList<String>();
        String next = null;

        do {
            var page = player(newPlayer())
                    .queryParam("limit", 2)
                    .queryParam("after", next == null ? "0" : next)
                    .get(ACTIVITIES);
            page.then().statusCode(200);
            seen.addAll(page.path("activities.id"));
            next = page.path("next");
        } while (next != null);

        assertThat(seen).containsAll(ids).isSorted().doesNotHaveDuplicates();
        problem(player(newPlayer()).queryParam("limit", 101).get(ACTIVITIES).then(), 400, "PAGE_INVALID");
    }

    @Test
    void who_has_the_page_already_is_told_so() {
        var id = activity("polled", "\"quota\":2");
        var one = read(id);
        var page = player(newPlayer()).get(ACTIVITIES + "?after=" + id + "&limit=1");

        var known = one.header("etag");
        player(newPlayer())
                .header("if-none-match", "\"other\", " + known)
                .get(ACTIVITIES + "/" + id)
                .then()
                .statusCode(304)
                .header("etag", known)
                .body(emptyString());
        player(newPlayer())
                .header("if-none-match", page.header("etag"))
                .get(ACTIVITIES + "?after=" + id + "&limit=1")
                .then()
                .statusCode(304);
        join(newPlayer(), id).statusCode(201);

        Awaitility.await().untilAsserted(() -> player(newPlayer())
                .header("if-none-match", known)
                .get(ACTIVITIES + "/" + id)
                .then()
                .statusCode(200)
                .body("remaining", equalTo(1)));
    }

    @Test
    void an_activity_that_appears_in_the_database_is_found() {
        pool.query("INSERT INTO activity (activity_id, name, config, version) VALUES ('welcome', 'Welcome gift',"
                        + " '{\"quota\":1000000,\"opens_at_ms\":0,\"closes_at_ms\":4102444800000,\"per_player\":1,"
                        + "\"reward\":{\"kind\":\"points\",\"name\":\"points\",\"amount\":100}}', 1)")
                .executeAndAwait();

        Awaitility.await().atMost(java.time.Duration.ofSeconds(20)).untilAsserted(() -> join(newPlayer(), "welcome")
                .statusCode(201));
    }

    @Test
    void paused_an_activity_takes_no_joins_until_it_is_resumed() {
        var id = activity("paused");

        json(admin())
                .post(ACTIVITIES + "/" + id + "/pause")
                .then()
                .statusCode(200)
                .body("status", equalTo("suspended"));
        problem(join(newPlayer(), id), 503, "ACTIVITY_SUSPENDED");
        admin().post(ACTIVITIES + "/" + id + "/resume").then().statusCode(200).body("version", equalTo(3));
        join(newPlayer(), id).statusCode(201);
        admin().post(ACTIVITIES + "/" + id + "/end").then().statusCode(200).body("status", equalTo("ended"));
        problem(join(newPlayer(), id), 409, "ACTIVITY_CLOSED");
    }

    @Test
    void an_edit_names_the_version_it_started_from() {
        var id = activity("edited", "\"quota\":1");
        join(newPlayer(), id).statusCode(201);

        json(admin())
                .body("{\"version\":1,\"quota\":2,\"reward\":{\"amount\":7}}")
                .patch(ACTIVITIES + "/" + id)
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("quota", equalTo(2))
                .body("reward.kind", equalTo("points"))
                .body("reward.amount", equalTo(7));
        problem(
                        json(admin())
                                .body("{\"version\":1,\"quota\":3}")
                                .patch(ACTIVITIES + "/" + id)
                                .then(),
                        409,
                        "ACTIVITY_CHANGED")
                .body("version", equalTo("2"));
        join(newPlayer(), id).statusCode(201);
        json(admin())
                .body(definition(id, "\"version\":2", "\"quota\":9"))
                .put(ACTIVITIES + "/" + id)
                .then()
                .statusCode(200)
                .body("version", equalTo(3));
        problem(json(admin()).body("{\"quota\":3}").patch(ACTIVITIES + "/" + id).then(), 400, "ACTIVITY_INVALID");
    }

    @Test
    void a_definition_that_is_wrong_is_refused_with_everything_that_is_wrong() {
        problem(
                        create(definition("wrong", "\"quota\":0", "\"per_player\":101", "\"colour\":1")),
                        400,
                        "ACTIVITY_INVALID")
                .body("detail", containsString("/quota"))
                .body("detail", containsString("/per_player"))
                .body("detail", containsString("/colour"));
        problem(create(definition("Wrong Id", "\"quota\":0")), 400, "ACTIVITY_INVALID")
                .body("errors.pointer", hasItems("#/id", "#/quota"))
                .body("errors.detail", everyItem(startsWith("must be")));
        problem(create("{\"id\":"), 400, "REQUEST_INVALID");
        problem(create("[]"), 400, "REQUEST_INVALID");
        problem(create("{\"id\":7}"), 400, "ACTIVITY_INVALID");
        problem(create(""), 400, "REQUEST_INVALID");
        create("{\"id\":\"x\",\"name\":\"" + "n".repeat(70_000) + "\"}").statusCode(413);
        problem(admin().contentType("text/plain").body("x").post(ACTIVITIES).then(), 415, "MEDIA_TYPE_UNSUPPORTED");
    }

    @Test
    void an_activity_is_created_and_told_also_where_the_answer_comes_on_no_requests_context() throws Exception {
        var id = "no-request-" + Long.toString(System.nanoTime(), 36);
        var body = new ObjectMapper().readTree(definition(id));
        var told = new CompletableFuture<RestResponse<ObjectNode>>();

        vertx.getOrCreateContext().runOnContext(ignored -> resource.create("Bearer " + TestTickets.admin(), body)
                .subscribe()
                .with(told::complete, told::completeExceptionally));

        var answer = told.get(30, TimeUnit.SECONDS);
        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(answer.getHeaderString("location")).isEqualTo(ACTIVITIES + "/" + id);
    }

    @Test
    void an_id_is_given_once() {
        var id = activity("once");

        problem(create(definition(id)), 409, "ACTIVITY_EXISTS");
    }

    @Test
    void only_administrators_edit() {
        problem(
                json(player(newPlayer()))
                        .body(definition("mine"))
                        .post(ACTIVITIES)
                        .then(),
                403,
                "ROLE_MISSING");
        problem(player(newPlayer()).post(ACTIVITIES + "/welcome/pause").then(), 403, "ROLE_MISSING");
        problem(admin().post(ACTIVITIES + "/no-such-activity/pause").then(), 404, "ACTIVITY_NOT_FOUND");
    }

    private static Response read(String id) {
        return player(newPlayer()).get(ACTIVITIES + "/" + id);
    }

    private static ValidatableResponse create(String body) {
        return json(admin()).body(body).post(ACTIVITIES).then();
    }

    private static RequestSpecification json(RequestSpecification request) {
        return request.contentType(ContentType.JSON);
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("code", equalTo(code))
                .body("type", endsWith("/" + code));
    }
}

package io.gamehall.reward.leaderboard;

import static io.gamehall.reward.leaderboard.GivenScores.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.platform.testing.TestTickets;
import io.gamehall.reward.Outside;
import io.gamehall.v1.AccountServiceGrpc;
import io.gamehall.v1.GameResult;
import io.gamehall.v1.GetAccountRequest;
import io.gamehall.v1.GetLeaderboardRequest;
import io.gamehall.v1.GetMyAccountRequest;
import io.gamehall.v1.GetMyRankRequest;
import io.gamehall.v1.LeaderboardServiceGrpc;
import io.gamehall.v1.PlayerAccount;
import io.gamehall.v1.RebuildLeaderboardsRequest;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a round in Kafka to what players see of boards and accounts, over REST and gRPC. */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
class LeaderboardApiTest {
    private final long player = ThreadLocalRandom.current().nextLong(1, 1L << 51);
    private final String game = "api" + Long.toString(player, 36);
    private final Outside outside = new Outside();

    @TestHTTPResource
    URI service;

    @Inject
    Pool pool;

    @Inject
    Cell cell;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = NettyChannelBuilder.forAddress(service.getHost(), service.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        outside.close();
    }

    @Test
    void rounds_make_the_board() {
        register(player, "LIVE", null);
        outside.send(round(player, 30));
        outside.send(round(player + 1, 40));
        outside.send(round(player + 2, 30));

        await().atMost(PATIENCE)
                .untilAsserted(() -> get(player, "/api/leaderboards/" + game).body("ranked", is(3)));

        get(player, "/api/leaderboards/" + game)
                .statusCode(200)
                .body("game", equalTo(game))
                .body("region", equalTo(cell.name()))
                .body("more_unranked", is(false))
                .body("places.rank", contains(1, 2, 3))
                .body("places.score", contains(40, 30, 30))
                .body("places.player_id", contains(text(player + 1), text(player), text(player + 2)))
                .body("places.name", contains(null, "p-" + Long.toString(player, 36), null));
        get(player, "/api/leaderboards/" + game + "?offset=1&limit=1").body("places.rank", contains(2));
        get(player + 2, "/api/leaderboards/" + game + "/me?around=1")
                .statusCode(200)
                .body("rank", is(3))
                .body("score", is(30))
                .body("board.places.rank", contains(2, 3));
        get(player + 3, "/api/leaderboards/" + game + "/me")
                .statusCode(200)
                .body("rank", nullValue())
                .body("board.ranked", is(3))
                .body("board.places", empty());

        var boards = LeaderboardServiceGrpc.newBlockingStub(channel)
                .withInterceptors(authorized(TestTickets.player(player + 2)));
        var board = boards.getLeaderboard(
                GetLeaderboardRequest.newBuilder().setGame(game).build());
        assertThat(board.getPlacesList())
                .extracting(place -> place.getPlayerId())
                .containsExactly(player + 1, player, player + 2);
        assertThat(board.getPlaces(1).getName()).isEqualTo("p-" + Long.toString(player, 36));
        var mine = boards.getMyRank(
                GetMyRankRequest.newBuilder().setGame(game).setAround(1).build());
        assertThat(mine.getRank()).isEqualTo(3);
        assertThat(mine.getScore()).isEqualTo(30);
        assertThat(mine.getBoard().getPlacesCount()).isEqualTo(2);
    }

    @Test
    void a_game_that_nobody_has_played_has_an_empty_board() {
        await().atMost(PATIENCE).untilAsserted(() -> get(player, "/api/leaderboards/" + game)
                .statusCode(200)
                .body("ranked", is(0))
                .body("places", empty()));
    }

    @Test
    void nonsense_is_refused() {
        for (var path : new String[] {
            "/api/leaderboards/" + "x".repeat(33),
            "/api/leaderboards/a%20b",
            "/api/leaderboards/" + game + "?limit=0",
            "/api/leaderboards/" + game + "?limit=101",
            "/api/leaderboards/" + game + "?offset=-1",
            "/api/leaderboards/" + game + "?offset=many",
            "/api/leaderboards/" + game + "/me?around=51"
        }) {
            get(player, path).statusCode(400).body("code", equalTo("REQUEST_INVALID"));
        }
        given().get("/api/leaderboards/" + game).then().statusCode(401).body("code", equalTo("TOKEN_MISSING"));
    }

    @Test
    void only_administrators_have_boards_rebuilt_and_see_the_accounts_of_others() {
        given().header("authorization", "Bearer " + TestTickets.player(player))
                .post("/api/admin/leaderboards/rebuild")
                .then()
                .statusCode(403)
                .body("code", equalTo("ROLE_MISSING"));
        given().header("authorization", "Bearer " + TestTickets.admin())
                .post("/api/admin/leaderboards/rebuild")
                .then()
                .statusCode(202);
        get(player, "/api/admin/accounts/" + player).statusCode(403).body("code", equalTo("ROLE_MISSING"));
        var boards = LeaderboardServiceGrpc.newBlockingStub(channel)
                .withInterceptors(authorized(TestTickets.player(player)));
        assertThatThrownBy(() -> boards.rebuildLeaderboards(RebuildLeaderboardsRequest.getDefaultInstance()))
                .hasMessageContaining("PERMISSION_DENIED");
        var accounts = AccountServiceGrpc.newBlockingStub(channel);
        var asked = GetAccountRequest.newBuilder().setPlayerId(player).build();
        assertThatThrownBy(() -> accounts.withInterceptors(authorized(TestTickets.player(player)))
                        .getAccount(asked))
                .hasMessageContaining("PERMISSION_DENIED");
        assertThatThrownBy(() -> accounts.getAccount(asked)).hasMessageContaining("UNAUTHENTICATED");
    }

    @Test
    void who_arrives_or_has_left_is_on_no_board_that_is_rebuilt() {
        for (int i = 0; i < 4; i++) outside.send(round(player + i, 10 + i));
        await().atMost(PATIENCE)
                .untilAsserted(() -> get(player, "/api/leaderboards/" + game).body("ranked", is(4)));
        register(player, "LIVE", null);
        register(player + 1, "LEAVING", "elsewhere");
        register(player + 2, "ARRIVING", "elsewhere");
        register(player + 3, "LEFT", "elsewhere");

        given().header("authorization", "Bearer " + TestTickets.admin())
                .post("/api/admin/leaderboards/rebuild")
                .then()
                .statusCode(202);

        await().atMost(PATIENCE).untilAsserted(() -> get(player, "/api/leaderboards/" + game)
                .body("places.player_id", contains(text(player + 1), text(player))));
    }

    @Test
    void administrators_see_where_an_account_is() {
        register(player, "LEFT", "elsewhere");

        admin("/api/admin/accounts/" + player)
                .statusCode(200)
                .body("player_id", equalTo(text(player)))
                .body("name", equalTo("p-" + Long.toString(player, 36)))
                .body("state", equalTo("left"))
                .body("other_region", equalTo("elsewhere"));
        admin("/api/admin/accounts/" + (player + 1)).statusCode(404).body("code", equalTo("ACCOUNT_NOT_FOUND"));
        admin("/api/admin/accounts/me").statusCode(400).body("code", equalTo("REQUEST_INVALID"));
        var accounts = AccountServiceGrpc.newBlockingStub(channel);
        var account = accounts.withInterceptors(authorized(TestTickets.admin()))
                .getAccount(GetAccountRequest.newBuilder().setPlayerId(player).build());
        assertThat(account.getState()).isEqualTo(PlayerAccount.State.LEFT);
        assertThat(account.getOtherRegion()).isEqualTo("elsewhere");
        var mine = accounts.withInterceptors(authorized(TestTickets.player(player)))
                .getMyAccount(GetMyAccountRequest.getDefaultInstance());
        assertThat(mine.getName()).isEqualTo("p-" + Long.toString(player, 36));
        assertThat(mine.getState()).isEqualTo(PlayerAccount.State.STATE_UNSPECIFIED);
    }

    private void register(long id, String state, String other) {
        pool.preparedQuery("INSERT INTO account (region, player_id, name, password_hash, state, other_region)"
                        + " VALUES (?, ?, ?, '!', ?, ?)")
                .execute(Tuple.of(cell.name(), id, "p-" + Long.toString(id, 36), state, other))
                .await()
                .atMost(PATIENCE);
    }

    private GameResult round(long id, int score) {
        return Outside.result(id, 1, GameResult.Outcome.WON, score).toBuilder()
                .setGame(game)
                .build();
    }

    private static ValidatableResponse get(long id, String path) {
        return given().urlEncodingEnabled(false)
                .header("authorization", "Bearer " + TestTickets.player(id))
                .get(path)
                .then();
    }

    private static ValidatableResponse admin(String path) {
        return given().header("authorization", "Bearer " + TestTickets.admin())
                .get(path)
                .then();
    }

    private static ClientInterceptor authorized(String token) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private static String text(long id) {
        return Long.toString(id);
    }
}

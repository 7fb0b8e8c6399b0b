package io.gamehall.hallctl.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    private Path folder;

    private Environment environment;
    private HallState.Cell north;

    @BeforeEach
    void twoCells() throws Exception {
        var credentials = new Credentials(folder);
        credentials.prepare();
        var south = cell("south", 1, 100);
        north = cell("north-america", 2, 200);
        var state = new HallState(
                HallState.Phase.STARTING,
                "",
                new HallState.Proc(1, "2026-01-01T00:00:00Z"),
                "keys",
                new HallState.Servers(11, 12, 13, 14, "gamehall"),
                List.of(south, north),
                List.of());
        environment = new Environment(state, credentials, 7);
    }

    @Test
    void a_gateway_knows_its_own_addresses_and_the_halls_of_all_cells() {
        assertThat(environment.of(north, Service.GATEWAY, 0))
                .containsEntry("GAMEHALL_CELL_NAME", "north-america")
                .containsEntry("GAMEHALL_CELL_NUMBER", "2")
                .containsEntry("QUARKUS_HTTP_PORT", "204")
                .containsEntry("GAMEHALL_LOGIN_HALL_ADDRESS", "127.0.0.1:204")
                .containsEntry("GAMEHALL_LOGIN_ACTIVITY_URL", "http://127.0.0.1:202")
                .containsEntry("GAMEHALL_LOGIN_REWARD_URL", "http://127.0.0.1:203")
                .containsEntry("GAMEHALL_ROUTING_CELLS", "south=127.0.0.1:104,north-america=127.0.0.1:204")
                .containsEntry("GAMEHALL_ROUTING_NEIGHBOURS", "south")
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_URL", "mysql://127.0.0.1:14/gamehall_north_america");
    }

    @Test
    void the_gateways_of_all_cells_understand_each_other_s_redirects() {
        var south = environment.state().cells().getFirst();
        var secret = environment.of(south, Service.GATEWAY, 0).get("GAMEHALL_ROUTING_SECRET");

        assertThat(secret).hasSizeGreaterThanOrEqualTo(16);
        assertThat(environment.of(north, Service.GATEWAY, 0)).containsEntry("GAMEHALL_ROUTING_SECRET", secret);
    }

    @Test
    void a_room_replica_has_its_own_name_and_endpoint_and_no_database() {
        assertThat(environment.of(north, Service.ROOM, 1))
                .containsEntry("GAMEHALL_ROOMS_INSTANCE", "room-2")
                .containsEntry("GAMEHALL_ROOMS_ENDPOINT", "127.0.0.1:201")
                .containsEntry("GAMEHALL_ROOMS_PER_GAME", "7")
                .doesNotContainKeys("QUARKUS_DATASOURCE_REACTIVE_URL", "QUARKUS_REDIS_HOSTS");
    }

    @Test
    void a_gateway_without_the_other_services_knows_where_a_developer_runs_them() {
        var alone = new HallState.Cell("alone", 1, Map.of("gateway", List.of(300)));
        var state = environment.state();
        var servers = new HallState(
                state.phase(), "", state.supervisor(), state.keys(), state.servers(), List.of(alone, north), List.of());

        assertThat(new Environment(servers, environment.credentials(), 0).of(alone, Service.GATEWAY, 0))
                .containsEntry("GAMEHALL_LOGIN_ACTIVITY_URL", "http://127.0.0.1:8082")
                .containsEntry("GAMEHALL_ROUTING_CELLS", "alone=127.0.0.1:300,north-america=127.0.0.1:204");
    }

    private static HallState.Cell cell(String name, int number, int base) {
        return new HallState.Cell(
                name,
                number,
                Map.of(
                        "room", List.of(base, base + 1),
                        "activity", List.of(base + 2),
                        "reward", List.of(base + 3),
                        "gateway", List.of(base + 4)));
    }
}

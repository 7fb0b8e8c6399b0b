package io.gamehall.hallctl.hall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.hallctl.process.Ports;
import io.gamehall.hallctl.state.HallState;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortPlanTest {
    private final int gateway = new Ports().free();

    @Test
    void every_process_has_a_port_of_its_own() {
        var plan = new PortPlan(options(List.of("a", "b"), Map.of(Service.ROOM, 2), gateway), Optional.empty());
        var servers = plan.servers();
        var cells = plan.cells();

        var all = new HashSet<>(
                List.of(servers.kafkaPort(), servers.kafkaControllerPort(), servers.redisPort(), servers.dbPort()));
        cells.forEach(cell -> cell.services().values().forEach(all::addAll));
        assertThat(all).hasSize(4 + 2 * 5);
        assertThat(cells).extracting(HallState.Cell::number).containsExactly(1, 2);
        assertThat(cells.getFirst().services().get("gateway")).containsExactly(gateway);
    }

    @Test
    void the_next_start_gives_the_same_ports() {
        var options = options(List.of("a", "b"), Map.of(Service.GATEWAY, 2), gateway);
        var first = new PortPlan(options, Optional.empty());
        var servers = first.servers();
        var cells = first.cells();
        var self = new HallState.Proc(1, "2026-01-01T00:00:00Z");
        var previous = new HallState(HallState.Phase.STOPPED, "", self, "keys", servers, cells, List.of());

        var second = new PortPlan(options, Optional.of(previous));

        assertThat(second.servers()).isEqualTo(servers);
        assertThat(second.cells()).isEqualTo(cells);
    }

    @Test
    void services_that_are_not_to_start_have_no_ports() {
        var only = EnumSet.of(Service.ROOM);
        var options = new HallOptions(
                List.of("a"), Map.of(), 0, only, new HallOptions.WantedPorts(0, 0, 0, 0, Map.of()), false);

        assertThat(new PortPlan(options, Optional.empty()).cells().getFirst().services())
                .containsOnlyKeys("room");
    }

    @Test
    void a_taken_gateway_port_is_refused() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var plan = new PortPlan(options(List.of("a"), Map.of(), other.getLocalPort()), Optional.empty());

            assertThatThrownBy(plan::cells)
                    .isInstanceOf(Ports.PortTaken.class)
                    .hasMessageContaining("gateway-service")
                    .hasMessageContaining("--port");
        }
    }

    private static HallOptions options(List<String> cells, Map<Service, Integer> replicas, int port) {
        return new HallOptions(
                cells,
                replicas,
                0,
                EnumSet.allOf(Service.class),
                new HallOptions.WantedPorts(port, 0, 0, 0, Map.of()),
                false);
    }
}

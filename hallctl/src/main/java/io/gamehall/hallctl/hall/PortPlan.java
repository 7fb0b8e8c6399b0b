package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.process.Ports;
import io.gamehall.hallctl.servers.Probes;
import io.gamehall.hallctl.state.HallState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives every process of a hall its port before the first one starts: named ones as named, the first gateway the
 * friendly default, the rest those of the last start where they are still free.
 */
public final class PortPlan {
    /** What a browser is pointed at. */
    public static final int GATEWAY_DEFAULT = 8080;

    private final HallOptions options;
    private final Optional<HallState> previous;
    private final Ports ports = new Ports();

    public PortPlan(HallOptions options, Optional<HallState> previous) {
        this.options = options;
        this.previous = previous;
    }

    /** @throws Ports.PortTaken if a named port (or the gateway's default) is in use */
    public HallState.Servers servers() {
        var wanted = options.ports();
        var last = previous.map(HallState::servers);
        return new HallState.Servers(
                server(wanted.kafka(), "Kafka", "--kafka-port", last.map(HallState.Servers::kafkaPort)),
                ports.preferring(
                        last.map(HallState.Servers::kafkaControllerPort).orElse(0)),
                server(wanted.redis(), "Redis", "--redis-port", last.map(HallState.Servers::redisPort)),
                server(wanted.database(), "MariaDB", "--db-port", last.map(HallState.Servers::dbPort)),
                Probes.DB_USER);
    }

    private int server(int wanted, String what, String option, Optional<Integer> last) {
        return wanted > 0 ? ports.exactly(wanted, what, option) : ports.preferring(last.orElse(0));
    }

    /** @throws Ports.PortTaken if a named port (or the gateway's default) is in use */
    public List<HallState.Cell> cells() {
        var cells = new ArrayList<HallState.Cell>();
        var asked = new LinkedHashMap<Service, Integer>();
        for (int i = 0; i < options.cells().size(); i++) {
            var services = new LinkedHashMap<String, List<Integer>>();
            for (var service : Service.values()) {
                if (options.services().contains(service)) {
                    services.put(service.label(), replicas(options.cells().get(i), service, asked));
                }
            }
            cells.add(new HallState.Cell(options.cells().get(i), i + 1, services));
        }
        return cells;
    }

    private List<Integer> replicas(String cell, Service service, Map<Service, Integer> asked) {
        var result = new ArrayList<Integer>();
        for (int replica = 0; replica < options.replicasOf(service); replica++) {
            int index = asked.merge(service, 1, Integer::sum) - 1;
            result.add(port(cell, service, replica, index));
        }
        return result;
    }

    /** @param index of this process among all of its service, over all cells */
    private int port(String cell, Service service, int replica, int index) {
        var named = options.ports().services().getOrDefault(service, List.of());
        var what = service.module() + " of " + cell;
        if (index < named.size()) {
            return ports.exactly(named.get(index), what, "--service-ports " + service.label() + "=PORT");
        }
        if (service == Service.GATEWAY && index == 0) {
            int wanted = options.ports().gateway() > 0 ? options.ports().gateway() : GATEWAY_DEFAULT;
            return ports.exactly(wanted, what, "--port");
        }
        return ports.preferring(previousPort(cell, service, replica));
    }

    private int previousPort(String cell, Service service, int replica) {
        return previous.stream()
                .flatMap(state -> state.cells().stream())
                .filter(old -> old.name().equals(cell))
                .map(old -> old.services().getOrDefault(service.label(), List.of()))
                .filter(old -> replica < old.size())
                .map(old -> old.get(replica))
                .findFirst()
                .orElse(0);
    }
}

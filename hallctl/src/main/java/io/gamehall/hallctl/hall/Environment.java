package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of each service as environment variables: who is where, and with which keys. */
public record Environment(HallState state, Credentials credentials, int roomsPerGame) {
    /** Ports of the services under {@code quarkus:dev}, where each stands alone. */
    private static final Map<Service, Integer> DEV_PORTS =
            Map.of(Service.GATEWAY, 8080, Service.ROOM, 8081, Service.ACTIVITY, 8082, Service.REWARD, 8083);

    /** Of one replica (from 0) of a service in a cell. */
    public Map<String, String> of(HallState.Cell cell, Service service, int replica) {
        var port = cell.services().get(service.label()).get(replica);
        var env = new LinkedHashMap<>(shared(cell, service));
        env.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        env.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        env.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        if (service == Service.ROOM) {
            env.putAll(room("room-" + (replica + 1), port));
        }
        if (service == Service.GATEWAY) {
            env.putAll(gateway(
                    port, first(cell, Service.ACTIVITY), first(cell, Service.REWARD), halls(), neighbours(cell)));
        }
        return env;
    }

    /** Of any service of the first cell when a developer runs it alone. */
    public Map<String, String> dev() {
        var cell = state.cells().getFirst();
        var env = new LinkedHashMap<String, String>();
        for (var service : Service.values()) {
            env.putAll(shared(cell, service));
        }
        env.putAll(room("room-dev", DEV_PORTS.get(Service.ROOM)));
        var hall = cell.name() + "=" + address(DEV_PORTS.get(Service.GATEWAY));
        env.putAll(gateway(
                DEV_PORTS.get(Service.GATEWAY),
                DEV_PORTS.get(Service.ACTIVITY),
                DEV_PORTS.get(Service.REWARD),
                hall,
                ""));
        return env;
    }

    private Map<String, String> shared(HallState.Cell cell, Service service) {
        var env = new LinkedHashMap<String, String>();
        env.put("GAMEHALL_CELL_NAME", cell.name());
        env.put("GAMEHALL_CELL_NUMBER", Integer.toString(cell.number()));
        env.put("GAMEHALL_SERVICE_CREDENTIAL", credentials.serviceCredential());
        env.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                credentials.publicKey().toUri().toString());
        env.put("KAFKA_BOOTSTRAP_SERVERS", address(state.servers().kafkaPort()));
        if (service.usesRedis()) {
            env.put("QUARKUS_REDIS_HOSTS", "redis://" + address(state.servers().redisPort()));
        }
        if (service.usesDatabase()) {
            env.put(
                    "QUARKUS_DATASOURCE_REACTIVE_URL",
                    "mysql://" + address(state.servers().dbPort()) + "/" + Schema.database(cell.name()));
            env.put("QUARKUS_DATASOURCE_USERNAME", state.servers().dbUser());
            env.put("QUARKUS_DATASOURCE_PASSWORD", credentials.databasePassword());
        }
        return env;
    }

    private Map<String, String> room(String instance, int port) {
        var env = new LinkedHashMap<String, String>();
        env.put("GAMEHALL_ROOMS_INSTANCE", instance);
        env.put("GAMEHALL_ROOMS_ENDPOINT", address(port));
        if (roomsPerGame > 0) {
            env.put("GAMEHALL_ROOMS_PER_GAME", Integer.toString(roomsPerGame));
        }
        return env;
    }

    private Map<String, String> gateway(int port, int activityPort, int rewardPort, String halls, String neighbours) {
        var env = new LinkedHashMap<String, String>();
        // All clients of a hall on one machine come from one address.
        env.put("GAMEHALL_LOGIN_ADDRESS_REGISTRATIONS_MAX", "3000");
        env.put("GAMEHALL_LOGIN_ADDRESS_QUEUE_MAX", "500");
        env.putAll(Map.of(
                "SMALLRYE_JWT_SIGN_KEY_LOCATION",
                credentials.privateKey().toUri().toString(),
                "GAMEHALL_LOGIN_HALL_ADDRESS",
                address(port),
                "GAMEHALL_LOGIN_ACTIVITY_URL",
                "http://" + address(activityPort),
                "GAMEHALL_LOGIN_REWARD_URL",
                "http://" + address(rewardPort),
                "GAMEHALL_ROUTING_CELLS",
                halls,
                "GAMEHALL_ROUTING_NEIGHBOURS",
                neighbours,
                "GAMEHALL_ROUTING_SECRET",
                credentials.routingSecret(),
                "GAMEHALL_LIMITS_EXEMPT",
                "127.0.0.1,::1",
                // Pages under development are served from ports of their own.
                "QUARKUS_HTTP_CORS_ORIGINS",
                "/http://(localhost|127[.]0[.]0[.]1)(:[0-9]+)?/",
                // A laptop has few cores for many logins; production keeps the strong default.
                "GAMEHALL_LOGIN_BCRYPT_COST",
                "6"));
        return env;
    }

    /** {@code region=host:port,…}: the first hall of every cell. */
    private String halls() {
        return state.cells().stream()
                .filter(cell -> cell.services().containsKey(Service.GATEWAY.label()))
                .map(cell -> cell.name() + "=" + address(first(cell, Service.GATEWAY)))
                .collect(Collectors.joining(","));
    }

    /** The regions of the other cells, in the order of the cells. */
    private String neighbours(HallState.Cell cell) {
        return state.cells().stream()
                .map(HallState.Cell::name)
                .filter(name -> !name.equals(cell.name()))
                .collect(Collectors.joining(","));
    }

    /** Port of the first replica; of a service that is not started, where a developer would run it. */
    private static int first(HallState.Cell cell, Service service) {
        return cell.services().getOrDefault(service.label(), List.of()).stream()
                .findFirst()
                .orElseGet(() -> DEV_PORTS.get(service));
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }
}

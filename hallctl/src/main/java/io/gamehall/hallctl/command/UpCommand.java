package io.gamehall.hallctl.command;

import io.gamehall.hallctl.hall.HallOptions;
import io.gamehall.hallctl.hall.Progress;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.hall.Supervisor;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.servers.Launch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code up}: in the foreground it is the supervisor itself; with {@code --detach} it starts one and waits for it. */
@Command(
        name = "up",
        description = "Start Kafka, Redis, MariaDB and the services; stop them again with Ctrl-C or `hall down`.")
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

    @Option(names = "--detach", description = "Return when all is ready, and leave it running.")
    private boolean detach;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WHAT",
            description = "Start only the servers (`servers`, for services under ./mvnw quarkus:dev), or the servers"
                    + " and these services, e.g. room,gateway.")
    private List<String> only = List.of();

    @Option(
            names = "--cells",
            split = ",",
            paramLabel = "CELL",
            defaultValue = "shenzhen-telecom",
            description = "Regions, each a full cell on the same servers (default: ${DEFAULT-VALUE}).")
    private List<String> cells;

    @Option(
            names = "--replicas",
            split = ",",
            paramLabel = "SERVICE=N",
            description = "Processes of a service in each cell, e.g. room=2,gateway=2.")
    private Map<String, Integer> replicas = Map.of();

    @Option(names = "--rooms", paramLabel = "N", description = "Rooms of each game (default: the service's own, 50).")
    private Integer rooms;

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the first gateway (default: 8080).")
    private int port;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Port of Kafka (default: a free one).")
    private int kafkaPort;

    @Option(names = "--redis-port", paramLabel = "PORT", description = "Port of Redis (default: a free one).")
    private int redisPort;

    @Option(names = "--db-port", paramLabel = "PORT", description = "Port of MariaDB (default: a free one).")
    private int dbPort;

    @Option(
            names = "--service-ports",
            split = ",",
            paramLabel = "SERVICE=PORT",
            description = "Ports of services, e.g. room=8081,activity=8082; name a service again for its next replica.")
    private List<String> servicePorts = List.of();

    @Option(
            names = "--java-opts",
            paramLabel = "WHAT=FLAGS",
            description =
                    "JVM flags for kafka, room, activity, reward, gateway or all, e.g. room=-Xmx1g. May be repeated."
                            + " For peak rates: all=-XX:TieredStopAtLevel=4.")
    private Map<String, String> javaOptions = Map.of();

    @Option(names = "--native", description = "Run the services' native executables (from ./mvnw package -Dnative).")
    private boolean nativeServices;

    @Option(names = "--while-pid", hidden = true, description = "Stop when this process has ended.")
    private Long whilePid;

    @Override
    public Integer call() throws Exception {
        var directory = hall.directory();
        var options = options();
        var launch = new Launch(directory, HallOption.repository(), Launch.defaultCache(), javaOptions);
        if (detach) {
            return new Detached(directory).start(withoutDetach());
        }
        return supervise(launch, options);
    }

    private Integer supervise(Launch launch, HallOptions options) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        var steps = new ArrayList<java.util.function.Consumer<String>>();
        try (var progress = new Progress(System.out, terminal, step -> steps.forEach(sink -> sink.accept(step)))) {
            var supervisor =
                    new Supervisor(launch, options, user(), progress, System.getProperty("hall.detached") == null);
            steps.add(supervisor::onStep);
            return supervisor.run();
        }
    }

    private HallOptions options() {
        try {
            var counts = new EnumMap<Service, Integer>(Service.class);
            replicas.forEach((name, count) -> counts.put(service("--replicas", name), count));
            return new HallOptions(cells, counts, roomsPerGame(), services(), ports(), nativeServices);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private Set<Service> services() {
        if (only.isEmpty()) {
            return EnumSet.allOf(Service.class);
        }
        var services = EnumSet.noneOf(Service.class);
        for (var word : only) {
            if (!word.equals("servers")) {
                services.add(Service.of(word)
                        .orElseThrow(() -> usage("--only takes `servers`, or services of "
                                + String.join(", ", Service.labels()) + "; not '" + word + "'.")));
            }
        }
        return services;
    }

    private int roomsPerGame() {
        if (rooms == null) {
            return 0;
        }
        if (rooms < 1) {
            throw usage("--rooms takes 1 to 10000.");
        }
        return rooms;
    }

    private HallOptions.WantedPorts ports() {
        for (int named : List.of(port, kafkaPort, redisPort, dbPort)) {
            if (named < 0 || named > 65535) {
                throw usage("Not a port: " + named);
            }
        }
        var services = new LinkedHashMap<Service, List<Integer>>();
        for (var word : servicePorts) {
            var parts = word.split("=", 2);
            if (parts.length != 2 || !parts[1].matches("[1-9][0-9]{0,4}") || Integer.parseInt(parts[1]) > 65535) {
                throw usage("--service-ports takes SERVICE=PORT, not '" + word + "'.");
            }
            services.computeIfAbsent(service("--service-ports", parts[0]), any -> new ArrayList<>())
                    .add(Integer.parseInt(parts[1]));
        }
        return new HallOptions.WantedPorts(port, kafkaPort, redisPort, dbPort, services);
    }

    private Service service(String option, String name) {
        return Service.of(name)
                .orElseThrow(() -> usage(option + ": no service '" + name + "'; there are "
                        + String.join(", ", Service.labels()) + "."));
    }

    private ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private Optional<ProcessId> user() {
        return Optional.ofNullable(whilePid)
                .map(pid -> ProcessHandle.of(pid).orElseThrow(() -> usage("--while-pid: no process " + pid)))
                .map(ProcessId::of);
    }

    private List<String> withoutDetach() {
        return spec.commandLine().getParseResult().originalArgs().stream()
                .filter(word -> !word.equals("--detach"))
                .toList();
    }
}

package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.servers.Launch;
import io.gamehall.hallctl.servers.Probes;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Starts the services of all cells: kind by kind, the replicas of a kind at the same time. */
record ServiceStart(
        Launch launch,
        Credentials credentials,
        Children children,
        Ledger ledger,
        Progress progress,
        HallOptions options,
        Restarts restarts) {
    private static final Duration START_MAX = Duration.ofSeconds(120);
    /**
     * For a laptop: four JVMs that start at once and share few cores are ready sooner, and answer sooner while they are
     * cold, without the optimising compiler. Who measures peak rates turns it on: {@code all=-XX:TieredStopAtLevel=4}.
     */
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx384m", "-XX:TieredStopAtLevel=1");

    /** Tells what is missing before anything is started. */
    static void check(Launch launch, HallOptions options) throws IOException {
        for (var service : options.services()) {
            command(launch, options, service);
        }
    }

    void run() throws Exception {
        var environment = new Environment(ledger.state(), credentials, options.roomsPerGame());
        for (var service : Service.values()) {
            if (!options.services().contains(service)) {
                continue;
            }
            var command = command(launch, options, service);
            var tasks = new ArrayList<Callable<Void>>();
            for (var cell : ledger.state().cells()) {
                var replicas = cell.services().get(service.label()).size();
                for (int replica = 0; replica < replicas; replica++) {
                    tasks.add(task(environment, command, cell, service, replica));
                }
            }
            Together.run(tasks);
        }
    }

    private Callable<Void> task(
            Environment environment, List<String> command, HallState.Cell cell, Service service, int replica) {
        var name = name(cell, service, replica);
        var address = "127.0.0.1:" + cell.services().get(service.label()).get(replica);
        var health = "http://" + address + "/q/health/ready";
        Callable<Void> start = () -> progress.step(name, () -> {
            var child = children.start(
                    service.ordinal(),
                    launch.spec(
                            name,
                            command,
                            environment.of(cell, service, replica),
                            launch.directory().root(),
                            Probes.of(URI.create(health), credentials),
                            START_MAX));
            ledger.started(child, address, health);
            child.awaitReady();
            return null;
        });
        restarts.learn(name, start);
        return start;
    }

    /** {@code gateway}, {@code room-2}; with the cell's name in front, except for the first cell. */
    private String name(HallState.Cell cell, Service service, int replica) {
        var name = service.label() + (replica == 0 ? "" : "-" + (replica + 1));
        return cell.number() == 1 ? name : cell.name() + "." + name;
    }

    private static List<String> command(Launch launch, HallOptions options, Service service) throws IOException {
        var target = launch.repository().resolve(service.module()).resolve("target");
        return options.nativeServices() ? nativeCommand(target) : jarCommand(launch, service, target);
    }

    private static List<String> jarCommand(Launch launch, Service service, Path target) throws IOException {
        var jar = target.resolve("quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IOException(jar + " is missing: start with ./hall, which builds it.");
        }
        var command = new ArrayList<>(launch.java(service.label(), FLAGS));
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static List<String> nativeCommand(Path target) throws IOException {
        try (var files = Files.newDirectoryStream(target, "*-runner")) {
            for (var file : files) {
                return List.of(file.toString());
            }
        }
        throw new IOException("No native executable " + target + "/*-runner: build it with ./mvnw package -Dnative"
                + " -DskipTests, or start without --native.");
    }
}

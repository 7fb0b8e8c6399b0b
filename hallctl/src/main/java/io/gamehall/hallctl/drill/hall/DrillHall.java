package io.gamehall.hallctl.drill.hall;

import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.TemporaryHall;
import io.gamehall.hallctl.prepare.Schema;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.process.Stopper;
import io.gamehall.hallctl.servers.Probes;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallState;
import io.gamehall.hallctl.state.SessionSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The hall of a drill, while it runs: its processes may be killed and started again. */
public record DrillHall(TemporaryHall hall) {
    private static final Duration START_MAX = Duration.ofMinutes(3);
    private static final long POLL_MS = 50;

    public HallState state() {
        return hall.state().orElseThrow();
    }

    public Credentials credentials() {
        return new Credentials(hall.directory().keys());
    }

    public SessionSigner signer() throws IOException {
        return new SessionSigner(credentials().privateKey());
    }

    /** The name of its cell. */
    public String cell() {
        return state().cells().getFirst().name();
    }

    public String kafka() {
        return "127.0.0.1:" + state().servers().kafkaPort();
    }

    /** host:port of each gateway. */
    public List<String> gateways() {
        return addresses(Service.GATEWAY);
    }

    /** The process that answers at an address: the newest one of its name. */
    public HallState.Running processAt(String address) {
        return state().processes().stream()
                .filter(running -> running.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No process of this hall listens on " + address));
    }

    /** kill -9. @return which process it was */
    public ProcessId kill(String name) {
        var running = state().processes().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The hall has no process " + name));
        var id = running.process().id();
        var handle = id.handle().orElseThrow(() -> new IllegalStateException(name + " has ended by itself"));
        handle.destroyForcibly();
        handle.onExit().join();
        return id;
    }

    /** {@code host:port} of each process of a service. */
    public List<String> addresses(Service service) {
        return state().cells().getFirst().services().getOrDefault(service.label(), List.of()).stream()
                .map(port -> "127.0.0.1:" + port)
                .toList();
    }

    /** Its database server. */
    public Schema schema() {
        var servers = state().servers();
        return new Schema(
                "127.0.0.1", servers.dbPort(), servers.dbUser(), credentials().databasePassword());
    }

    /** Has its supervisor start a service again that has ended; returns when it is ready. */
    public void startAgain(String name, ProcessId ended) throws IOException {
        var again = hall.directory().again();
        Files.createDirectories(again);
        Files.createFile(again.resolve(name));
        var deadline = Instant.now().plus(START_MAX);
        while (!isReadyAgain(name, ended)) {
            if (Instant.now().isAfter(deadline)) throw new IOException(name + " could not be started again.");
            Stopper.pause(POLL_MS);
        }
    }

    private boolean isReadyAgain(String name, ProcessId ended) {
        return state().processes().stream()
                .filter(running -> running.name().equals(name))
                .filter(running -> running.process().pid() != ended.pid())
                .anyMatch(running ->
                        Probes.of(URI.create(running.health()), credentials()).isReady());
    }
}

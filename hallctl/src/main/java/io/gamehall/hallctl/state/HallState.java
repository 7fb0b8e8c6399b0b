package io.gamehall.hallctl.state;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gamehall.hallctl.process.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs, for every other command to find: the content of {@code hall.json}. Written by the supervisor alone, each
 * time as a whole, so that a reader never sees half of it.
 *
 * @param phase where the hall stands
 * @param step what the supervisor does at the moment, for people
 * @param supervisor pid and start instant of the process that owns all others
 * @param keys folder of the key pair and credentials
 * @param servers where the servers listen
 * @param cells in the order of {@code --cells}; the first is the default
 * @param processes servers and services, in the order of their start
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HallState(
        Phase phase,
        String step,
        Proc supervisor,
        String keys,
        Servers servers,
        List<Cell> cells,
        List<Running> processes) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final TypeReference<HallState> TYPE = new TypeReference<>() {};

    public HallState {
        cells = List.copyOf(cells);
        processes = List.copyOf(processes);
    }

    /** Phases of a hall's life. The file of a stopped hall stays, for its ports to be used again. */
    public enum Phase {
        STARTING,
        READY,
        STOPPING,
        STOPPED,
        FAILED
    }

    /** A process id as JSON. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Proc(long pid, String startedAt) {
        public static Proc of(ProcessId id) {
            return new Proc(id.pid(), id.startedAt().toString());
        }

        public ProcessId id() {
            return new ProcessId(pid, Instant.parse(startedAt));
        }
    }

    /** Loopback ports of the servers, and the database user. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Servers(int kafkaPort, int kafkaControllerPort, int redisPort, int dbPort, String dbUser) {}

    /**
     * A region's deployment.
     *
     * @param services ports by service (room, activity, reward, gateway), one for each replica; empty with
     *     {@code --only servers}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Cell(String name, int number, Map<String, List<Integer>> services) {
        public Cell {
            services = Map.copyOf(services);
        }
    }

    /**
     * A started process.
     *
     * @param health URL or address that tells whether it works, e.g. {@code http://127.0.0.1:8080/q/health/ready}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Running(String name, Proc process, String address, String health, String log) {}

    public boolean supervisorLives() {
        return supervisor.id().isAlive();
    }

    /** This state in another phase, doing something else. */
    public HallState at(Phase newPhase, String newStep) {
        return new HallState(newPhase, newStep, supervisor, keys, servers, cells, processes);
    }

    public HallState with(List<Running> running) {
        return new HallState(phase, step, supervisor, keys, servers, cells, running);
    }

    /** The state of a folder; empty if no hall ever ran in it (or its file is from another version). */
    public static Optional<HallState> read(HallDirectory directory) {
        try {
            return Optional.of(JSON.readValue(Files.readString(directory.stateFile()), TYPE));
        } catch (NoSuchFileException | JsonProcessingException | IllegalArgumentException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + directory.stateFile(), e);
        }
    }

    public void write(HallDirectory directory) {
        try {
            Path file = directory.stateFile();
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, JSON.writeValueAsString(this) + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + directory.stateFile(), e);
        }
    }
}

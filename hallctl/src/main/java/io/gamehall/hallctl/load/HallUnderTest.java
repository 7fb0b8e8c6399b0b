package io.gamehall.hallctl.load;

import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallDirectory;
import io.gamehall.hallctl.state.HallState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The hall that a measurement runs against: the running one of the data folder, else a temporary one of its own.
 *
 * @param temporary closed with this
 */
public record HallUnderTest(HallDirectory directory, HallState state, Optional<TemporaryHall> temporary)
        implements AutoCloseable {

    /**
     * @param directory where a running hall may be
     * @param plan of the temporary hall, started if none runs there
     */
    public static HallUnderTest open(HallDirectory directory, TemporaryHall.Plan plan) throws IOException {
        var running = HallState.read(directory).filter(HallState::supervisorLives);
        if (running.isPresent()) {
            if (running.get().phase() != HallState.Phase.READY) {
                throw new IllegalStateException("The hall in " + directory.root() + " is not ready: "
                        + running.get().phase().name().toLowerCase(Locale.ROOT));
            }
            return new HallUnderTest(directory, running.get(), Optional.empty());
        }
        var hall = new TemporaryHall();
        try {
            return new HallUnderTest(hall.directory(), hall.start(plan), Optional.of(hall));
        } catch (IOException | RuntimeException failure) {
            hall.close();
            throw failure;
        }
    }

    /** The first cell. */
    public HallState.Cell cell() {
        return state.cells().getFirst();
    }

    public Credentials credentials() {
        return new Credentials(directory.keys());
    }

    /** Kafka's address. */
    public String bootstrap() {
        return "127.0.0.1:" + state.servers().kafkaPort();
    }

    /**
     * {@code host:port} of each replica of a service in the first cell.
     *
     * @throws IllegalStateException if the hall runs without it
     */
    public List<String> addresses(Service service) {
        var ports = cell().services().getOrDefault(service.label(), List.of());
        if (ports.isEmpty()) {
            throw new IllegalStateException(
                    "The hall in " + directory.root() + " runs without its " + service.module() + ".");
        }
        return ports.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    /** For people: what runs, e.g. {@code temporary; room x1}. */
    public String describe() {
        var services = cell().services().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " x" + entry.getValue().size())
                .collect(Collectors.joining(", "));
        return (temporary.isPresent() ? "temporary" : "the running one in " + directory.root()) + "; "
                + (services.isEmpty() ? "servers only" : services);
    }

    @Override
    public void close() {
        temporary.ifPresent(TemporaryHall::close);
    }
}

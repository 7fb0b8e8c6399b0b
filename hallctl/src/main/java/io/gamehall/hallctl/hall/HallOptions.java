package io.gamehall.hallctl.hall;

import io.gamehall.contracts.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the user asked {@code up} for, checked.
 *
 * @param cells names, the first is the default region
 * @param replicas processes by service; missing means 1
 * @param roomsPerGame rooms of each game; 0 leaves it to the service
 * @param services those to start beside the servers; may be none
 * @param ports wanted ports; 0 or missing means that any will do
 * @param nativeServices run the native executables instead of the jars
 */
public record HallOptions(
        List<String> cells,
        Map<Service, Integer> replicas,
        int roomsPerGame,
        Set<Service> services,
        WantedPorts ports,
        boolean nativeServices) {
    private static final int REPLICAS_MAX = 8;
    private static final int CELLS_MAX = 8;
    private static final int ROOMS_MAX = 10_000;

    /**
     * Ports that the user named.
     *
     * @param services for the replicas of a service in the order of cells
     */
    public record WantedPorts(int gateway, int kafka, int redis, int database, Map<Service, List<Integer>> services) {
        public WantedPorts {
            services = Map.copyOf(services);
        }
    }

    /** @throws IllegalArgumentException with a message for the user */
    public HallOptions {
        cells = List.copyOf(cells);
        replicas = Map.copyOf(replicas);
        services = Set.copyOf(services);
        if (cells.isEmpty() || cells.size() > CELLS_MAX) {
            throw new IllegalArgumentException("--cells takes 1 to " + CELLS_MAX + " names.");
        }
        if (cells.stream().distinct().count() != cells.size()) {
            throw new IllegalArgumentException("--cells names a cell twice: " + String.join(",", cells));
        }
        // The contract's own check of a cell's name.
        cells.forEach(cell -> Topics.name(cell, Topics.ROOM_JOURNAL));
        replicas.forEach((service, count) -> {
            if (count < 1 || count > REPLICAS_MAX) {
                throw new IllegalArgumentException(
                        "--replicas " + service.label() + "=" + count + ": 1 to " + REPLICAS_MAX + " are possible.");
            }
        });
        if (roomsPerGame < 0 || roomsPerGame > ROOMS_MAX) {
            throw new IllegalArgumentException("--rooms takes 1 to " + ROOMS_MAX + ".");
        }
    }

    public int replicasOf(Service service) {
        return replicas.getOrDefault(service, 1);
    }
}

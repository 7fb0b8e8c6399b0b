package io.gamehall.hallctl.swarm;

import io.gamehall.hallctl.state.HallDirectory;
import io.gamehall.hallctl.state.HallState;
import java.util.List;

/**
 * A region's hall as a player knows it.
 *
 * @param region empty: whatever region it is of
 * @param addresses host:port of its gateways; one or more
 */
record Hall(String region, List<String> addresses) {
    Hall {
        addresses = List.copyOf(addresses);
    }

    String address(int number) {
        return addresses.get(number % addresses.size());
    }

    static Hall at(String address) {
        if (!address.matches("[^\\s:/]+:[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException("--hall takes host:port, not '" + address + "'.");
        }
        return new Hall("", List.of(address));
    }

    /**
     * The halls of a running `hall up`, one for each cell.
     *
     * @throws IllegalArgumentException if none runs there with its services
     */
    static List<Hall> runningIn(HallDirectory directory) {
        var state = HallState.read(directory)
                .filter(HallState::supervisorLives)
                .orElseThrow(() -> new IllegalArgumentException("No hall runs in " + directory.root()
                        + ". Start it with ./hall up, or name another with --data or --hall."));
        if (state.phase() != HallState.Phase.READY) {
            throw new IllegalArgumentException("The hall in " + directory.root() + " is not ready: "
                    + state.phase().name().toLowerCase(java.util.Locale.ROOT) + ". Look at ./hall status.");
        }
        return state.cells().stream().map(Hall::of).toList();
    }

    private static Hall of(HallState.Cell cell) {
        var ports = cell.services().getOrDefault("gateway", List.of());
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("The hall runs without its services (--only servers).");
        }
        return new Hall(
                cell.name(), ports.stream().map(port -> "127.0.0.1:" + port).toList());
    }
}

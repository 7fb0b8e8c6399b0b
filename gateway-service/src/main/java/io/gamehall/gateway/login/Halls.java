package io.gamehall.gateway.login;

import io.gamehall.gateway.login.LoginOutcome.Redirected;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which hall a region's players belong to. */
@Singleton
class Halls {
    private final String here;
    private final Map<String, String> elsewhere;

    Halls(Cell cell, LoginConfig config) {
        here = cell.name();
        elsewhere = parse(config.cells().orElse(List.of()));
    }

    /**
     * Where the players of a region are to go.
     *
     * @param region empty: this one
     * @return empty: stay here
     * @throws Refusal {@link Reason#REGION_UNKNOWN}
     */
    Optional<Redirected> redirect(String region) {
        if (region.isEmpty() || region.equals(here)) return Optional.empty();
        var hall = elsewhere.get(region);
        if (hall == null) throw new Refusal(Reason.REGION_UNKNOWN, "No cell of that name is known here");
        return Optional.of(new Redirected(region, hall));
    }

    private static Map<String, String> parse(List<String> cells) {
        var halls = new HashMap<String, String>();
        for (var cell : cells) {
            int equals = cell.indexOf('=');
            if (equals < 1 || !cell.substring(equals + 1).matches("[^\\s:/]+:\\d{1,5}")) {
                throw new IllegalArgumentException("gamehall.login.cells: not region=host:port: '" + cell + "'");
            }
            halls.put(cell.substring(0, equals).strip(), cell.substring(equals + 1));
        }
        return Map.copyOf(halls);
    }
}

package io.gamehall.gateway.routing.table;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import io.gamehall.gateway.routing.MaxmindConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The regions that the records of a MaxMind database stand for. The database is held in memory: a look-up must not wait
 * for a disk. Safe for any thread.
 */
// The reader makes its metadata by reflection.
@RegisterForReflection(targets = Metadata.class)
final class MaxmindRegions {
    private static final Logger LOG = Logger.getLogger(MaxmindRegions.class);

    private final Reader database;
    private final List<String> keys;
    private final Map<String, String> regions;

    private MaxmindRegions(Reader database, MaxmindConfig config) {
        this.database = database;
        this.keys = config.keys();
        this.regions = parse(config.regions().orElse(List.of()));
    }

    static MaxmindRegions read(Path file, MaxmindConfig config) throws IOException {
        return new MaxmindRegions(new Reader(file.toFile(), Reader.FileMode.MEMORY), config);
    }

    Optional<String> of(InetAddress address) {
        try {
            var data = database.get(address, Map.class);
            return data == null ? Optional.empty() : region(data);
        } catch (IOException | RuntimeException broken) {
            // A damaged record, or an IPv6 address for a database of IPv4 ones.
            LOG.debugf("No record of %s: %s", address, broken.getMessage());
            return Optional.empty();
        }
    }

    /** The region of the first key whose value has one. */
    private Optional<String> region(Map<?, ?> data) {
        return keys.stream()
                .flatMap(key -> value(data, key).stream())
                .flatMap(value -> Optional.ofNullable(regions.get(value)).stream())
                .findFirst();
    }

    /** {@code a.b+c.0.d}: the values of both, joined by a hyphen; empty if one is missing. */
    private static Optional<String> value(Map<?, ?> data, String key) {
        var parts = new ArrayList<String>();
        for (var path : key.split("\\+")) {
            var found = at(data, path.strip().split("\\."));
            if (found == null) return Optional.empty();
            parts.add(found.toString());
        }
        return Optional.of(String.join("-", parts));
    }

    private static Object at(Object data, String[] path) {
        var current = data;
        for (var step : path) {
            current = switch (current) {
                case Map<?, ?> fields -> fields.get(step);
                case List<?> items
                when step.matches("\\d{1,3}") && Integer.parseInt(step) < items.size() ->
                    items.get(Integer.parseInt(step));
                case null, default -> null;
            };
        }
        return current;
    }

    private static Map<String, String> parse(List<String> lines) {
        var regions = new HashMap<String, String>();
        for (var line : lines) {
            int equals = line.lastIndexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("gamehall.routing.maxmind.regions: not key=region: '" + line + "'");
            }
            regions.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        return Map.copyOf(regions);
    }
}
